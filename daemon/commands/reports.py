"""More wiring: what is told to the staff, by whom and when."""

from collections.abc import Callable
from datetime import date

from daemon.alarm.bell import Alarm
from daemon.alarm.silence import Silence
from daemon.commands.office import Office
from daemon.digest.due import Schedule
from daemon.digest.making import Digests

_SATURDAY = 5


def digests(office: Office) -> Digests:
    """Return what makes the digests of the chosen campaign, or of all."""
    settings = office.settings
    chosen = office.desk.chosen
    return Digests(
        database=office.database,
        clock=office.clock,
        schedule=Schedule(
            settings.digest.at,
            settings.digest.when,
            office.zone,
            lambda day: _is_working(office, day),
        ),
        campaigns=(office.campaign,) if chosen else settings.campaigns,
        recipients=settings.digest.recipients,
        page=settings.web.reach,
        per_day=settings.smtp.per_day if settings.smtp else None,
    )


def alarm(office: Office, running: bool = False) -> Alarm:
    """Return what alerts the staff; `running`: it sees silence and a jump of clocks."""
    settings = office.settings
    polls = {
        m.name: float(m.poll_seconds if m.kind == "imap" else 0)
        for m in settings.mailboxes
    }
    return Alarm(
        database=office.database,
        clock=office.clock,
        recipients=settings.alerts.recipients,
        disk=settings.archive,
        floor_mib=settings.storage.disk_floor_mib,
        silence=Silence(polls) if running else None,
    )


def looking_around(office: Office) -> Callable[[], None]:
    """Return what `run` does before it sends: raise alarms, make the day's digest.

    A clock that jumped makes nothing due for half an hour.
    """
    bell, making = alarm(office, running=True), digests(office)

    def look() -> None:
        bell.look()
        if not bell.jumped:
            making.enqueue_once()

    return look


def _is_working(office: Office, day: date) -> bool:
    """Say whether the office works that day, by the week and the plan's own days."""
    plan = office.campaign
    if day in plan.work:
        return True
    return day.weekday() < _SATURDAY and day not in plan.off
