"""Facts of reminders, as the schedule would write them for a ward."""

from dataclasses import replace
from datetime import date
from typing import Any

from daemon.decide.form import form_of
from parsers.values.outbox import ReminderFacts
from tests.builders.decisions import a_work
from tests.builders.reminders import PLAN, WARD


def reminder_facts(**named: Any) -> ReminderFacts:
    """Return what the first reminder of the registration says, unless named."""
    usual = ReminderFacts(
        campaign=PLAN.number,
        campaign_title=PLAN.title,
        phase="registration",
        step="before-14",
        audience="unit",
        unit="P09",
        unit_name="Phường 9",
        salutation="Kính gửi: Đảng ủy Phường 9",
        leader=None,
        missing="everything",
        named=date(2021, 6, 9),
        came=0,
        owed=10,
    )
    return replace(usual, **named)


def _blank() -> Any:
    return form_of(PLAN, "registration", WARD)


def _own() -> Any:
    return form_of(PLAN, "results", WARD, tuple(a_work(n) for n in range(1, 11)))


_REPORT: dict[str, Any] = {"phase": "results", "named": date(2021, 10, 4)}
_LEADER: dict[str, Any] = {"audience": "leader", "step": "before-1"}

#: Every kind of reminder by its golden case.
KINDS: dict[str, ReminderFacts] = {
    "reminder-nothing-came": reminder_facts(form=_blank()),
    "reminder-some-came": reminder_facts(missing="some", came=8, step="before-3"),
    "reminder-first-after-some": reminder_facts(
        missing="some",
        came=2,
        form=form_of(PLAN, "registration", WARD, (a_work(1), a_work(2))),
    ),
    "reminder-unreadable": reminder_facts(missing="unreadable", step="after-1"),
    "reminder-confirmation": reminder_facts(
        missing="confirmation", came=10, step="after-4"
    ),
    "reminder-own-word-awaited": reminder_facts(
        missing="some", came=8, step="before-1", asked=True
    ),
    "reminder-leader": reminder_facts(leader="Ông Nguyễn Văn A", **_LEADER),
    "reminder-leader-some-late": reminder_facts(
        **{**_LEADER, "step": "after-1"}, missing="some", came=8
    ),
    "reminder-opens": reminder_facts(step="opens", form=_own(), **_REPORT),
    "reminder-opens-without-works": reminder_facts(
        step="opens", owed=0, form=form_of(PLAN, "results", WARD), **_REPORT
    ),
    "reminder-results-some": reminder_facts(
        missing="some", came=5, step="before-7", **_REPORT
    ),
    "reminder-results-late": reminder_facts(step="after-1", **_REPORT),
}
