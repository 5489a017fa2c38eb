"""Gather what comes out of one container: members as parts, what was lost as findings.

It knows no format; each opener hands over names and blocks of bytes in order.
"""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import replace

from parsers.containers.contents import Budget, Contents, finding_of
from parsers.errors import LimitExceededError, ParserError
from parsers.mime.names import Level, shown_name
from parsers.values.finding import Finding, finding
from parsers.values.message import Part

#: Bytes that an opener should hand over at a time.
BLOCK = 256 * 1024
#: Members that are named as lost, each; more are told of the container as a whole.
_MOST_TOLD = 20
#: What systems put beside the files that a person packed.
_NOISE = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx"})
_BINARY = "application/octet-stream"


def is_noise(name: str) -> bool:
    """Say whether a member is one that a system wrote for itself (macOS, Windows)."""
    pieces = name.lower().replace("\\", "/").split("/")
    forked = pieces[-1].startswith("._")
    return forked or pieces[-1] in _NOISE or "__macosx" in pieces[:-1]


class Harvest:
    """The contents of the container `parent`, as they come.

    `archive` is whether it counts as one: mails and what stands for a mail do not.
    """

    def __init__(self, parent: Part, budget: Budget, archive: bool = True) -> None:
        """Begin with nothing."""
        self.budget = budget
        self._parent = replace(
            parent,
            declared_type=_BINARY,
            payload=b"",
            body=None,
            charset=None,
            alternative=False,
            archives=parent.archives + archive,
            digest="",
        )
        self._level = Level(parent.path, parent.depth)
        self._parts: list[Part] = []
        self._findings: dict[Finding, None] = {}
        self._first: ParserError | None = None

    def member(self, name: str, blocks: Iterable[bytes], kind: str = _BINARY) -> bool:
        """Take one member in; return False when there may be no more members.

        `blocks` is asked for its bytes at once, and may raise ParserError: what it gave
        until then is thrown away, and the loss is told.
        """
        self._level.count()
        path = self._level.path_of(self._shown(name), kind)
        try:
            self.budget.take_member()
        except LimitExceededError as error:
            self.lost(error)
            return False
        try:
            payload = self._gather(blocks)
        except LimitExceededError as error:
            self.lost(error)
        except ParserError as error:
            self.lost(error, path[-1])
        else:
            self._parts.append(self._part(path, payload, kind))
        return True

    def lost(self, error: ParserError, name: str | None = None) -> None:
        """Tell of a member, or without a name of the rest, that does not come out."""
        self._first = self._first or error
        path = self._parent.path
        if name is not None and len(self._findings) < _MOST_TOLD:
            path = (*path, self._shown(name) or name)
        self._findings[finding_of(error, path, self.budget.limits)] = None

    def adopt(self, parts: Iterable[Part], findings: Iterable[Finding]) -> None:
        """Take in the parts of a mail, with their whole paths, and its findings."""
        self._findings.update(dict.fromkeys(findings))
        for part in parts:
            try:
                self.budget.take_member()
                self.budget.take(len(part.payload))
            except LimitExceededError as error:
                self.lost(error)
                return
            self._parts.append(replace(part, archives=self._parent.archives))

    @property
    def lossy(self) -> bool:
        """Say whether something was lost until now."""
        return self._first is not None

    def contents(self, empty: bool = True) -> Contents:
        """Return what came out; raises what was lost first where nothing did.

        `empty` is whether to tell of a container in which there is nothing.
        """
        if self._first is not None and not self._parts:
            raise self._first
        self._parts = [part for part in self._parts if not self._is_lock(part)]
        if empty and not self._parts and not self._findings:
            place = finding_of(ParserError(), self._parent.path, self.budget.limits)
            self._findings[finding("file_empty", place.place)] = None
        return Contents(tuple(self._parts), tuple(self._findings))

    def _is_lock(self, part: Part) -> bool:
        """Say whether a part is what an office program keeps beside an open file.

        Where the file itself is not there, somebody took it for that.
        """
        folder, slash, name = (part.path or ("",))[-1].rpartition("/")
        if not name.startswith("~$"):
            return False
        # Word writes the two signs over the first letters of a long name.
        others = (o.path[-1] for o in self._parts if o is not part and o.path)
        return any(
            other.startswith(folder + slash) and other.endswith(name[2:])
            for other in others
        )

    def _shown(self, name: str) -> str | None:
        return shown_name(name.replace("\\", "/").removeprefix("./")) or None

    def _part(self, path: tuple[str, ...], payload: bytes, kind: str) -> Part:
        digest = hashlib.sha256(payload).hexdigest()
        return replace(
            self._parent,
            path=path,
            payload=payload,
            declared_type=kind,
            digest=digest,
        )

    def _gather(self, blocks: Iterable[bytes]) -> bytes:
        whole = io.BytesIO()
        try:
            for block in blocks:
                self.budget.take(len(block))
                whole.write(block)
        except ParserError:
            self.budget.give_back(whole.tell())
            raise
        return whole.getvalue()
