"""Which folder of the server is meant by a name or a special use of the configuration.

Pure: it gets the server's list of folders and asks for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from daemon.mailbox.listing import FolderName, MissingFolder

# QUIRK: servers without RFC 6154 (Domino, older Exchange) mark no folder; then, and
# only then, the usual names are tried. XLIST calls Gmail's folder of junk \Spam.
_USUAL = {
    "\\junk": ("junk", "spam", "junk e-mail", "junk email", "bulk mail", "thư rác"),
    "\\sent": ("sent", "sent items", "sent messages", "sent mail", "thư đã gửi"),
}
_ALSO = {"\\junk": ("\\spam",)}
_JUNK = ("\\junk", "\\spam")
_UNOPENABLE = ("\\noselect", "\\nonexistent")


@dataclass(frozen=True, slots=True)
class Listed:
    """One folder as LIST tells it: lower-case flags, delimiter, decoded name."""

    flags: frozenset[str]
    delimiter: str
    name: str

    @property
    def leaf(self) -> str:
        """Return the last part of the name, case-folded."""
        parts = self.name.split(self.delimiter) if self.delimiter else [self.name]
        return parts[-1].casefold()


def choose(
    listed: Sequence[Listed], asked: Sequence[str]
) -> tuple[FolderName | MissingFolder, ...]:
    """Return one answer for each of `asked`, in order; a folder asked twice once."""
    answers: list[FolderName | MissingFolder] = []
    taken: set[str] = set()
    for wish in asked:
        found = _find(listed, wish)
        if found is None:
            answers.append(MissingFolder(wish))
        elif found.name not in taken:
            taken.add(found.name)
            junk = wish.casefold() == "\\junk" or bool(found.flags & set(_JUNK))
            answers.append(FolderName(found.name, wish, junk))
    return tuple(answers)


def _find(listed: Sequence[Listed], wish: str) -> Listed | None:
    usable = [f for f in listed if not f.flags & set(_UNOPENABLE)]
    if not wish.startswith("\\"):
        return next((f for f in usable if _same(f.name, wish)), None)
    use = wish.casefold()
    uses = {use, *_ALSO.get(use, ())}
    flagged = next((f for f in usable if f.flags & uses), None)
    if flagged is not None:
        return flagged
    usual = _USUAL.get(use, ())
    return next((f for name in usual for f in usable if f.leaf == name), None)


def _same(name: str, wish: str) -> bool:
    # RFC 3501 section 5.1: INBOX in any case is the same folder, others are not.
    if wish.casefold() == "inbox":
        return name.casefold() == "inbox"
    return name == wish
