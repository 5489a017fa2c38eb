"""What comes out of a container, and how much may still come out of one mail."""

from dataclasses import dataclass

from parsers.errors import (
    DamagedFileError,
    EncryptedFileError,
    LimitExceededError,
    ParserError,
    ProgramMissingError,
    UnsupportedTypeError,
)
from parsers.places import document_place
from parsers.values.finding import Finding, finding
from parsers.values.limits import Limits
from parsers.values.message import Part

_MIB = 1024 * 1024
#: The finding that says each error; what is not here is damage.
CODES: dict[type[ParserError], str] = {
    DamagedFileError: "file_damaged",
    EncryptedFileError: "file_encrypted",
    LimitExceededError: "limit_exceeded",
    ProgramMissingError: "program_missing",
    UnsupportedTypeError: "type_unsupported",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """Parts in the order of the container, each with its whole path, and findings."""

    parts: tuple[Part, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Budget:
    """What the containers of one mail may still give: bytes as they come out, members.

    `limits` are those of the mail. `spare` bytes may be given back after they were
    thrown away: work costs, even where nothing is kept of it.
    """

    limits: Limits
    bytes_left: int
    members_left: int
    spare: int = 0

    def take(self, size: int) -> None:
        """Count `size` bytes that came out; raises LimitExceededError when too many."""
        if size > self.bytes_left:
            raise LimitExceededError("expanded_mib")
        self.bytes_left -= size

    def give_back(self, size: int) -> None:
        """Count `size` bytes as not taken, as long as there are spare ones."""
        size = min(size, self.spare)
        self.spare -= size
        self.bytes_left += size

    def take_member(self) -> None:
        """Count one member; raises LimitExceededError when there were too many."""
        if not self.members_left:
            raise LimitExceededError("members")
        self.members_left -= 1


def budget_of(limits: Limits) -> Budget:
    """Return the whole budget of one mail."""
    whole = limits.expanded_mib * _MIB
    return Budget(limits, whole, limits.members, whole)


def finding_of(error: ParserError, path: tuple[str, ...], limits: Limits) -> Finding:
    """Return the finding that says what `error` kept from being read at `path`."""
    code = CODES.get(type(error), "file_damaged")
    limit = str(error.args[0]) if error.args else ""
    given = {"name": path[-1]} if path else {}
    if code == "limit_exceeded" and hasattr(limits, limit):
        given |= {"limit": limit, "value": str(getattr(limits, limit))}
    return finding(code, document_place(path), **given)
