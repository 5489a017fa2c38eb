"""What comes out of a container, and how much may still come out of one mail."""

from dataclasses import dataclass, replace

from parsers.errors import LimitExceededError
from parsers.values.finding import Finding
from parsers.values.limits import Limits
from parsers.values.message import Part

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Contents:
    """Parts in the order of the container, each with its whole path, and findings."""

    parts: tuple[Part, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Budget:
    """What the containers of one mail may still give: bytes as they come out, members.

    `limits` are those of the mail.
    """

    limits: Limits
    bytes_left: int
    members_left: int

    def take(self, size: int) -> None:
        """Count `size` bytes that came out; raises LimitExceededError when too many."""
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise LimitExceededError("expanded_mib")

    def take_member(self) -> None:
        """Count one member; raises LimitExceededError when there were too many."""
        self.members_left -= 1
        if self.members_left < 0:
            raise LimitExceededError("members")


def budget_of(limits: Limits) -> Budget:
    """Return the whole budget of one mail."""
    return Budget(limits, limits.expanded_mib * _MIB, limits.members)


def inside_archive(parent: Part, name: str, payload: bytes, digest: str) -> Part:
    """Return the member `name` of the archive `parent` as a part."""
    return replace(
        parent,
        path=(*parent.path, name),
        declared_type="application/octet-stream",
        payload=payload,
        charset=None,
        archives=parent.archives + 1,
        digest=digest,
    )
