"""More wiring: what is told to the staff, by whom and when."""

from collections.abc import Callable

from daemon.alarm.bell import Alarm
from daemon.alarm.silence import Silence
from daemon.commands.issuing import issuer
from daemon.commands.office import Office
from daemon.digest.due import Schedule
from daemon.digest.making import Digests
from daemon.exporting import Order, written
from daemon.schedule.calendar import calendar_of


def digests(office: Office) -> Digests:
    """Return what makes the digests of the chosen campaign, or of all."""
    settings = office.settings
    return Digests(
        database=office.database,
        clock=office.clock,
        schedule=Schedule(
            settings.digest.at,
            settings.digest.when,
            office.zone,
            calendar_of(office.campaign.off, office.campaign.work).works,
        ),
        campaigns=office.desk.spoken_of,
        recipients=settings.digest.recipients,
        page=settings.web.reach,
        per_day=settings.smtp.per_day if settings.smtp else None,
        document=lambda connection, number, since: written(
            connection,
            Order(what="status", campaign=number, since=since),
            "xlsx",
            issuer(office),
        ),
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


def staff_ticks(
    office: Office, remind: Callable[[], bool]
) -> tuple[Callable[[], bool], ...]:
    """Return what `run` does by the clock: raise alarms, remind, make the digest.

    A clock that jumped makes nothing due for half an hour.
    """
    bell, making = alarm(office, running=True), digests(office)
    return (
        lambda: bell.look() > 0,
        lambda: not bell.jumped and remind(),
        lambda: not bell.jumped and making.enqueue_once() > 0,
    )
