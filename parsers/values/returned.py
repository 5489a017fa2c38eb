"""What a report of a failed delivery says of mail that we sent."""

from dataclasses import dataclass
from typing import Literal

#: `gone`: there is no such address or domain. `refused`: it did not arrive for another
#: reason (a full mailbox, a policy, given up). `delayed`: it may still arrive.
Fate = Literal["gone", "refused", "delayed"]


@dataclass(frozen=True, slots=True)
class Returned:
    """One recipient of a report.

    `addresses` are those that the report gives him, lower case (original and final
    recipient; of a report in free form all that it names). `answered` are Message-IDs
    of ours that the report answers or brings back. `status` is the enhanced code
    (RFC 3463), None where there is none; `words` one line of the reporting server.
    """

    addresses: tuple[str, ...]
    answered: tuple[str, ...]
    fate: Fate
    status: str | None = None
    words: str = ""
