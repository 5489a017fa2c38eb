"""Something noticed about a mail: code, severity, audience, place, parameters.

The sentence of a code is a template of `daemon/compose`, never written here.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warning", "error"]
Audience = Literal["sender", "staff"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    `place` is for people: attachment names joined by ` › `, then sheet or table and
    cells. `parameters` are pairs of name and text that the sentence's template uses.
    """

    code: str
    severity: Severity
    audience: Audience
    place: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()


#: Every code with the severity and audience that it has unless said otherwise.
CATALOGUE: dict[str, tuple[Severity, Audience]] = {
    "attachment_forgotten": ("error", "sender"),
    "boundary_repaired": ("warning", "staff"),
    "campaign_unclear": ("warning", "staff"),
    "cell_empty": ("warning", "sender"),
    "classified_marking": ("error", "staff"),
    "column_missing": ("warning", "sender"),
    "confirmation_missing": ("warning", "sender"),
    "copy_differs": ("warning", "staff"),
    "date_differs": ("info", "staff"),
    "date_missing": ("info", "staff"),
    "duplicate_elsewhere": ("info", "staff"),
    "duplicate_title": ("warning", "sender"),
    "file_damaged": ("error", "sender"),
    "file_empty": ("error", "sender"),
    "file_encrypted": ("error", "sender"),
    "file_too_large": ("error", "sender"),
    "heading_missing": ("error", "sender"),
    "header_repaired": ("info", "staff"),
    "hidden_rows": ("warning", "staff"),
    "late": ("warning", "sender"),
    "limit_exceeded": ("error", "sender"),
    "link_instead_of_file": ("error", "sender"),
    "mandatory_target_suspected": ("info", "staff"),
    "outside_contest_period": ("warning", "sender"),
    "over_quota": ("warning", "sender"),
    "parts_disagree": ("warning", "staff"),
    "program_missing": ("error", "staff"),
    "reading_changed": ("warning", "staff"),
    "recognised_from_picture": ("warning", "sender"),
    "result_missing": ("warning", "sender"),
    "result_without_registration": ("warning", "sender"),
    "row_skipped": ("info", "sender"),
    "rows_cut": ("error", "sender"),
    "sender_missing": ("warning", "staff"),
    "sender_unverified": ("warning", "staff"),
    "text_converted": ("info", "sender"),
    "text_lost": ("error", "sender"),
    "time_unreadable": ("warning", "sender"),
    "type_unsupported": ("error", "sender"),
    "under_quota": ("warning", "sender"),
    "unit_ambiguous": ("error", "staff"),
    "unit_contested": ("warning", "staff"),
    "unit_mismatch": ("error", "staff"),
    "unit_unknown": ("error", "staff"),
}


def finding(code: str, place: str | None = None, /, **parameters: str) -> Finding:
    """Return the finding of `code` with its usual severity and audience.

    Raises KeyError for a code that the catalogue lacks.
    """
    severity, audience = CATALOGUE[code]
    return Finding(code, severity, audience, place, tuple(parameters.items()))
