"""The wiring: parts of the house built from the settings, for one command.

It decides nothing; a command takes from it what it needs.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from config.headings_file import load_headings
from config.options import Settings
from config.settings import (
    SHIPPED_HEADINGS,
    find_configuration,
    load_settings,
    shipped_settings,
)
from config.units_file import load_units
from daemon.clock import Clock, clock_from
from daemon.commands.arguments import Common
from daemon.compose import ComposeInput, compose
from daemon.compose import Office as Letterbox
from daemon.decide import Policy
from daemon.decide.phase import is_late
from daemon.holder import own_name
from daemon.judging import Acting
from parsers.values.campaign import Campaign
from parsers.values.decision import AnswerMode
from parsers.values.outbox import ComposedMail
from parsers.values.reading import READER_VERSION, Rules
from parsers.values.unit import Unit, UnitNames
from storage import campaigns, lateness, units
from storage import secret as secrets
from storage.archive import Archive
from storage.database import Database, open_database
from storage.errors import StorageError
from storage.first_start import first_start, note_start
from storage.outbox import DueItem


class UsageError(Exception):
    """What was asked cannot be done: the key of a phrase and its parameters."""

    def __init__(self, key: str, **parameters: object) -> None:
        super().__init__(key)
        self.key = key
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Desk:
    """What needs no database: settings, clock, rules and policy."""

    settings: Settings
    clock: Clock
    zone: ZoneInfo
    units: tuple[Unit, ...]
    rules: Rules
    policy: Policy
    campaign: Campaign
    #: All of them, or the one that `--campaign` names.
    spoken_of: tuple[Campaign, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """A desk with its database and archive."""

    desk: Desk
    database: Database
    archive: Archive
    holder: str
    rules_key: str

    @property
    def settings(self) -> Settings:
        """Return the settings."""
        return self.desk.settings

    @property
    def clock(self) -> Clock:
        """Return the program's clock."""
        return self.desk.clock

    @property
    def zone(self) -> ZoneInfo:
        """Return the office's time zone."""
        return self.desk.zone

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """Return the campaigns that a command speaks of: all, or the chosen one."""
        return self.desk.spoken_of

    @property
    def campaign(self) -> Campaign:
        """Return the campaign that was chosen, else the first."""
        return self.desk.campaign

    def composer(self, item: DueItem) -> ComposedMail:
        """Return the finished mail of an outbox item; its Date is when it was decided.

        Raises ComposeError where the facts make no mail.
        """
        given = ComposeInput(
            kind=item.kind,
            purpose=item.purpose,
            key=item.key,
            to=item.to,
            facts=item.facts,
            date=item.created,
        )
        return compose(given, letterbox(self.settings, self.zone))


def acting(office: Office, common: Common, tells: bool = False) -> Acting:
    """Return where and as whom a person acts; `tells`: also senders of filed mail.

    What was given to `ingest` is answered only where a person says so.
    """
    policy = office.desk.policy
    if tells:
        modes: dict[str, AnswerMode] = {**policy.answer_modes, "ingest": "sender"}
        policy = replace(policy, answer_modes=modes)
    return Acting(
        office.database, office.archive, policy, office.clock.now(), common.by
    )


def unit_of(office: Office, code: str) -> str:
    """Return the code of a unit of the directory, whichever case it was typed in.

    Raises UsageError for a unit that is not there.
    """
    known = {unit.code.casefold(): unit.code for unit in office.desk.units}
    if code.casefold() not in known:
        raise UsageError("unit_unknown", code=code)
    return known[code.casefold()]


def letterbox(settings: Settings, zone: ZoneInfo) -> Letterbox:
    """Return who writes our mails; without `[smtp]` only folders take them."""
    sender = settings.smtp.sender if settings.smtp else None
    address = (sender.address if sender else None) or "hopthu@localhost"
    name = (sender.name if sender else None) or address
    return Letterbox(name, address, address.rpartition("@")[2], zone)


def read_desk(common: Common, ticking: bool = False, shipped: bool = False) -> Desk:
    """Return the desk; `shipped` goes on without a configuration file.

    Raises ConfigurationError with every fault, UsageError for an unreadable `--now` or
    an unknown campaign.
    """
    clock = clock_from(_instant(common.now), ticking)
    path = Path(common.config) if common.config else None
    if shipped and find_configuration(path) is None:
        settings = shipped_settings()
    else:
        settings = load_settings(path)
    directory = load_units(settings.units, settings.categories)
    return Desk(
        settings=settings,
        clock=clock,
        zone=ZoneInfo(settings.timezone),
        units=directory,
        rules=reading_rules(settings, directory),
        policy=_policy(settings, directory),
        campaign=_chosen(settings, common.campaign),
        spoken_of=(
            settings.campaigns
            if common.campaign is None
            else (_chosen(settings, common.campaign),)
        ),
    )


@contextmanager
def open_office(
    common: Common,
    ticking: bool = False,
    keep_campaigns: bool = False,
    desk: Desk | None = None,
) -> Iterator[Office]:
    """Yield the office with its schema, units and plans up to date.

    `keep_campaigns` leaves the plans as they were last in force; `desk` is one that was
    read already.

    Raises StorageError when the database cannot be used, else as `read_desk`.
    """
    desk = desk or read_desk(common, ticking)
    database = open_database(desk.settings.database)
    try:
        database.upgrade()
        _make_archive(desk.settings.archive)
        archive = Archive(desk.settings.archive)
        desk = _sworn(desk, database)
        office = Office(desk, database, archive, own_name(), _rules_key(desk.rules))
        _take_in(office, keep_campaigns)
        yield office
    finally:
        database.close()


def _sworn(desk: Desk, database: Database) -> Desk:
    """Return the desk with the installation's secret, which only a database keeps."""
    with database.read() as connection:
        known = secrets.find(connection)
    if known is None:
        with database.write() as connection:
            known = secrets.get_or_make(connection)
    return replace(desk, policy=replace(desk.policy, secret=known))


def _make_archive(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{folder}: {error.strerror}") from error


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        value = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError("now_unreadable", value=text) from error
    if value.tzinfo is None:
        raise UsageError("now_unreadable", value=text)
    return value


def _chosen(settings: Settings, number: str | None) -> Campaign:
    if number is None:
        return settings.campaigns[0]
    for campaign in settings.campaigns:
        if campaign.number == number:
            return campaign
    raise UsageError("campaign_unknown", number=number)


def own_addresses(settings: Settings) -> tuple[str, ...]:
    """Return the addresses that are the office's own, lower case."""
    found = [m.username for m in settings.mailboxes if "@" in m.username]
    if settings.smtp and settings.smtp.sender.address:
        found.append(settings.smtp.sender.address)
    return tuple(dict.fromkeys(a.lower() for a in found))


def reading_rules(settings: Settings, directory: tuple[Unit, ...]) -> Rules:
    """Return what the reader children are told of settings and directory."""
    sender = settings.smtp.sender.address if settings.smtp else None
    return Rules(
        units=tuple(
            UnitNames(u.code, u.name, u.category, u.aliases) for u in directory
        ),
        campaigns=settings.campaigns,
        headings=load_headings(SHIPPED_HEADINGS),
        limits=settings.limits,
        own=own_addresses(settings),
        own_domain=(sender or "").rpartition("@")[2].lower(),
    )


def _rules_key(rules: Rules) -> str:
    encoded = msgspec.json.encode(rules)
    return f"{READER_VERSION}-{hashlib.sha256(encoded).hexdigest()[:16]}"


def _policy(settings: Settings, directory: tuple[Unit, ...]) -> Policy:
    smtp = settings.smtp
    return Policy(
        campaigns=settings.campaigns,
        units=directory,
        zone=ZoneInfo(settings.timezone),
        answer_modes={m.name: m.answer for m in settings.mailboxes},
        trusted={
            m.name: (m.trusted_authserv_id,)
            for m in settings.mailboxes
            if m.trusted_authserv_id
        },
        since={m.name: m.since for m in settings.mailboxes},
        first_contact=settings.trust.first_contact,
        unknown_sender=settings.answers.unknown_sender,
        within_days=settings.answers.within_days,
        own=frozenset(own_addresses(settings)),
        by_person=smtp is not None and smtp.release == "by_person",
        first_pass_hold=smtp is None or smtp.first_pass == "hold",
    )


def _take_in(office: Office, keep_campaigns: bool) -> None:
    """Bring units and plans of the files into the database, when they changed."""
    digest = hashlib.sha256(office.settings.units.read_bytes()).hexdigest()
    now = office.clock.now()
    with office.database.read() as connection:
        known = units.known_digest(connection) == digest
        stored = campaigns.stored_campaigns(connection)
        started = first_start(connection)
    same = stored == office.settings.campaigns or (keep_campaigns and stored)
    if known and same and started is not None and started <= now:
        return
    with office.database.write() as connection:
        note_start(connection, now)
        if not known:
            units.take_in(connection, office.desk.units, digest, now)
        if not same:
            campaigns.put_campaigns(connection, office.settings.campaigns)
            lateness.judge_anew(connection, partial(late_by_plan, office.desk))


def late_by_plan(
    desk: Desk, number: str, phase_name: str, received: datetime
) -> bool | None:
    """Return whether that is late by the plan as it stands; None without a plan."""
    for campaign in desk.settings.campaigns:
        phase = next((p for p in campaign.phases if p.name == phase_name), None)
        if campaign.number == number and phase is not None:
            return is_late(phase, received, desk.zone)
    return None
