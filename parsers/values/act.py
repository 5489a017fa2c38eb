"""What a person does: one act, told so that it can be shown and taken back."""

from dataclasses import dataclass
from typing import Literal

from parsers.values.campaign import PhaseName
from parsers.values.decision import Accepted, Reason
from parsers.values.reading import Mode
from parsers.values.unit import AddressSource

Verb = Literal["assign", "accept", "reject", "record", "amend", "excuse", "undo"]


@dataclass(frozen=True, slots=True)
class Details:
    """What only some acts say; each field beside the verbs that use it.

    assign: `part` of the mail, the unit that it was given to before (`former`), the
    address that the directory learned by it (`taught`) and its source until then
    (`taught_from`). All acts on a mail: its `state` and `reason` before, its `turn`
    (see `Received`), and the greatest number of any stored version then (`newest`).
    accept: `named`, `mode`. reject: `tell`. record: `nil`, or the file's name and
    SHA-256, and `mode`. amend: `number`, `column`, `text`.
    """

    part: str = ""
    former: str | None = None
    taught: str | None = None
    taught_from: AddressSource | None = None
    state: str | None = None
    reason: Reason | None = None
    newest: int = 0
    turn: int | None = None
    named: bool = False
    mode: Mode | None = None
    tell: bool = False
    nil: bool = False
    file_name: str | None = None
    file_sha256: str | None = None
    number: str | None = None
    column: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `undoes` is the event that an undo takes back.

    An act on a mail names its `message`; one on a unit names campaign, unit and phase.
    """

    verb: Verb
    why: str | None = None
    message: int | None = None
    campaign: str | None = None
    unit: str | None = None
    phase: PhaseName | None = None
    undoes: int | None = None
    details: Details = Details()


def let_pass(before: Accepted | None, act: Act) -> Accepted:
    """Return what stands let pass when a person accepts the mail once more."""
    had = before or Accepted(frozenset())
    said = act.details
    given = act.unit is not None
    return Accepted(
        doubts=had.doubts | ({said.reason} if said.reason else set()),
        unit=act.unit if given else had.unit,
        named=said.named if given else had.named,
        mode=said.mode or had.mode,
        campaign=act.campaign or had.campaign,
    )
