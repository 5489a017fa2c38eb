"""What the office has decided once for all mails: the settings that decisions obey.

It reads no file and checks no setting; `config` does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from parsers.values.campaign import Campaign
from parsers.values.decision import AnswerMode
from parsers.values.unit import Unit


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of the office, looked up and never changed while mails are decided.

    `answer_modes`, `trusted` (authserv-ids that are believed) and `since` are by name
    of mailbox; a mailbox that is not named answers nobody and proves nothing. `own` are
    our own addresses. `by_person`: every mail to a sender waits for a release; so does,
    with `first_pass_hold`, what the first pass over a mailbox would say.
    `corrects`: who was told otherwise is sent one correction.
    `every_phase_open` is the view of `hopthu read`: no mail comes before its time.
    `by_code` is built from `units`. `secret` is the installation's: codes are derived
    from it, and without it nobody is asked for one.
    """

    campaigns: tuple[Campaign, ...]
    units: tuple[Unit, ...]
    zone: ZoneInfo
    answer_modes: Mapping[str, AnswerMode] = field(default_factory=dict)
    trusted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: Mapping[str, date] = field(default_factory=dict)
    first_contact: Literal["trust", "hold"] = "trust"
    unknown_sender: Literal["receipt", "silent"] = "receipt"
    within_days: int = 7
    own: frozenset[str] = frozenset()
    by_person: bool = False
    first_pass_hold: bool = True
    corrects: bool = False
    every_phase_open: bool = False
    secret: bytes = field(default=b"", repr=False)
    by_code: Mapping[str, Unit] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the look-up once, not per decision."""
        object.__setattr__(self, "by_code", {unit.code: unit for unit in self.units})
