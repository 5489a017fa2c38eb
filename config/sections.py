"""Make each section of `hopthu.toml` its frozen value, with the rules that it obeys.

It opens no file but those that hold a password.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.faults import WORDS
from config.options import (
    Alerts,
    Answers,
    Digest,
    Documents,
    Mailbox,
    Reminders,
    Retention,
    Settings,
    Smtp,
    Storage,
    Trust,
    Web,
    Workers,
    defaults,
)
from config.secret import Secret, read_secret_file, secret_elsewhere
from config.table import Table, is_address, is_host, is_loopback
from parsers.values.limits import Limits
from parsers.values.message import Address

_SECURITIES = ("tls", "starttls", "none")
_IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}
_SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}
#: A line of the users file: name, what he may, and his password's hash.
_USER = re.compile(r"[^:\s][^:]*:(?:look|decide):\$argon2(?:id|i|d)\$\S+")
_ANSWERS = ("sender", "folder", "none")
_MAILBOX, _SMTP, _TOP = defaults(Mailbox), defaults(Smtp), defaults(Settings)
#: Millimetres; more would leave tables no room.
_WIDEST_MARGIN = 50
_IMAP_ONLY = (
    "host",
    "port",
    "security",
    "username",
    "password_file",
    "folders",
    "sent_folder",
    "idle",
    "mark",
)


@dataclass(frozen=True, slots=True)
class Context:
    """What sections need besides their table: the environment, the earliest opening."""

    environ: Mapping[str, str]
    earliest: date


def read_mailboxes(top: Table, context: Context) -> tuple[Mailbox, ...]:
    """Return the doors, of which no two have one name (case does not count)."""
    found: list[Mailbox] = []
    names: dict[str, str] = {}
    for table in top.tables("mailboxes"):
        mailbox = _mailbox(table, context)
        table.end()
        other = names.setdefault(mailbox.name.casefold(), table.name)
        if mailbox.name and other != table.name:
            what = WORDS["mailbox"]
            table.fault("name", "duplicate", mailbox.name, other=other, what=what)
        found.append(mailbox)
    return tuple(found)


def _mailbox(table: Table, context: Context) -> Mailbox:
    name = table.text("name", blank=False)
    kind = table.choice("kind", ("imap", "directory"), None)
    given_kind = table.ask("kind")
    shared = {
        "name": name,
        "kind": kind,
        "since": table.day("since") or context.earliest,
        "poll_seconds": table.whole(
            "poll_seconds", _MAILBOX["poll_seconds"], 1, 86_400
        ),
        "trusted_authserv_id": table.text(
            "trusted_authserv_id", _MAILBOX["trusted_authserv_id"]
        ),
    }
    table.refuse("not_supported", "oauth2")
    if given_kind not in ("imap", "directory"):
        # Whether the other keys fit cannot be told before the kind is right.
        table.rest()
        return Mailbox(**shared)
    if kind == "directory":
        return _directory(table, shared)
    return _imap(table, shared, context)


def _directory(table: Table, shared: dict[str, Any]) -> Mailbox:
    table.refuse("not_for_kind", *_IMAP_ONLY, kind="directory")
    path = Path(table.text("path", blank=False))
    answer = table.choice("answer", _ANSWERS, "folder")
    return Mailbox(**shared, path=path, answer=answer, folders=(), idle=False)


def _imap(table: Table, shared: dict[str, Any], context: Context) -> Mailbox:
    table.refuse("not_for_kind", "path", kind="imap")
    host, security = table.host("host"), _security(table, _MAILBOX["security"])
    answer = table.choice("answer", _ANSWERS, _MAILBOX["answer"])
    if answer == "folder":
        table.fault("answer", "folder_answers", answer)
    folders = table.texts("folders", _MAILBOX["folders"])
    _no_repeats(table, "folders", folders)
    if not folders:
        table.fault("folders", "none_given", list(folders), what=WORDS["folder"])
    name = shared["name"]
    variable = f"HOPTHU_MAILBOXES__{variable_word(name)}__PASSWORD"
    return Mailbox(
        **shared,
        host=host,
        security=security,
        port=table.whole("port", _IMAP_PORTS[security], 1, 65_535),
        username=table.text("username", blank=False),
        password=_password(table, context, variable, name),
        folders=folders,
        sent_folder=table.text("sent_folder", _MAILBOX["sent_folder"]),
        idle=table.switch("idle", _MAILBOX["idle"]),
        answer=answer,
        mark=table.choice("mark", ("none", "label", "move"), _MAILBOX["mark"]),
    )


def variable_word(name: str) -> str:
    """Return a mailbox's name as it stands in the name of a variable."""
    return "".join(c if c.isascii() and c.isalnum() else "_" for c in name).upper()


def read_smtp(table: Table, context: Context) -> Smtp:
    """Return the way out; host and sender are needed."""
    host, security = table.host("host"), _security(table, _SMTP["security"])
    return Smtp(
        host=host,
        sender=_sender(table),
        security=security,
        port=table.whole("port", _SMTP_PORTS[security], 1, 65_535),
        username=table.text("username", _SMTP["username"]),
        password=_password(table, context, "HOPTHU_SMTP__PASSWORD", "smtp"),
        per_minute=table.whole("per_minute", _SMTP["per_minute"], 1),
        per_day=table.whole("per_day", _SMTP["per_day"], 1),
        release=table.choice("release", ("automatic", "by_person"), _SMTP["release"]),
        first_pass=table.choice("first_pass", ("hold", "send"), _SMTP["first_pass"]),
    )


def _security(table: Table, default: str) -> Any:
    security = table.choice("security", _SECURITIES, default)
    host = table.ask("host")
    if security == "none" and isinstance(host, str) and not is_loopback(host):
        table.fault("security", "plain_not_loopback", security)
    return security


def _password(
    table: Table, context: Context, variable: str, credential: str
) -> Secret | None:
    """Return the password of the environment, else of its file, else of systemd."""
    table.refuse("secret_in_file", "password")
    path = table.text("password_file", "")
    if context.environ.get(variable):
        return secret_elsewhere(context.environ, variable, "")
    if path:
        key = table.full("password_file")
        return read_secret_file(Path(path), str(table.file), key, table.faults)
    return secret_elsewhere(context.environ, variable, credential)


def _sender(table: Table) -> Address:
    text = table.text("from", blank=False)
    name, address = parseaddr(text)
    if text.strip() and not is_address(address):
        table.fault("from", "not_an_address", text)
    return Address(name or None, address or None)


def read_trust(table: Table) -> Trust:
    """Return what an unknown address may do."""
    default = Trust()
    choices = ("trust", "hold")
    return Trust(table.choice("first_contact", choices, default.first_contact))


def read_answers(table: Table) -> Answers:
    """Return how often, how late and whom we answer."""
    default = Answers()
    per_address = default.per_address_per_day
    choices = ("receipt", "silent")
    return Answers(
        within_days=table.whole("within_days", default.within_days, 0),
        per_address_per_day=table.whole("per_address_per_day", per_address, 0),
        per_day=table.whole("per_day", default.per_day, 0),
        unknown_sender=table.choice("unknown_sender", choices, default.unknown_sender),
    )


def read_reminders(table: Table) -> Reminders:
    """Return the steps of reminders; `leader_from` must be one of them."""
    default = Reminders()
    before = _days(table, "days_before", default.days_before, 0)
    after = _days(table, "days_after", default.days_after, 1)
    leader = table.text("leader_from", default.leader_from)
    steps = [f"before-{n}" for n in before] + [f"after-{n}" for n in after]
    if leader and leader not in steps:
        table.fault("leader_from", "not_a_step", leader)
    return Reminders(
        days_before=before,
        days_after=after,
        at=table.clock("at", default.at),
        min_gap_days=table.whole("min_gap_days", default.min_gap_days, 0),
        max_per_phase=table.whole("max_per_phase", default.max_per_phase, 0),
        confirmation=table.switch("confirmation", default.confirmation),
        leader_from=leader,
    )


def _days(
    table: Table, key: str, default: tuple[int, ...], low: int
) -> tuple[int, ...]:
    values = table.items(key, int)
    if values is None:
        return default
    for index, value in enumerate(values):
        if value < low:
            table.fault(f"{key}[{index + 1}]", "too_small", value, low=low)
    _no_repeats(table, key, tuple(values))
    return tuple(values)


def _no_repeats(table: Table, key: str, values: tuple[Any, ...]) -> None:
    for value in dict.fromkeys(v for v in values if values.count(v) > 1):
        table.fault(key, "twice", list(values), value=value)


def read_digest(table: Table) -> Digest:
    """Return whom the daily summary goes to, and when."""
    default = Digest()
    whens = ("always", "working_days", "if_changed")
    return Digest(
        recipients=table.addresses("recipients"),
        at=table.clock("at", default.at),
        when=table.choice("when", whens, default.when),
    )


def read_alerts(table: Table) -> Alerts:
    """Return whom we tell that something is wrong."""
    return Alerts(recipients=table.addresses("recipients"))


def read_limits(table: Table) -> Limits:
    """Return what a stranger's mail may cost; each limit is at least 1."""
    default = Limits()
    names = [field.name for field in dataclasses.fields(Limits)]
    return Limits(**{n: table.whole(n, getattr(default, n), 1) for n in names})


def read_retention(table: Table) -> Retention:
    """Return how long raw bytes of other people's mail are kept."""
    default = Retention()
    return Retention(table.whole("keep_other_days", default.keep_other_days, 0))


def read_web(table: Table) -> Web:
    """Return where the page is served."""
    default = Web()
    host, port = _bind(table, default)
    url, prefix = table.text("url", default.url), table.text("prefix", default.prefix)
    if url and not (url.startswith(("http://", "https://")) and _netloc(url)):
        table.fault("url", "not_a_url", url)
    if prefix and (not prefix.startswith("/") or prefix.endswith("/")):
        table.fault("prefix", "not_a_prefix", prefix)
    return Web(host, port, url, prefix, _users_file(table))


def _users_file(table: Table) -> Path | None:
    """Return the file of logins; each of its lines that is no user is a fault.

    It holds hashes and no password: that others may read it is no fault.
    """
    text = table.text("users_file", "")
    if not text:
        return None
    key = table.full("users_file")
    try:
        lines = Path(text).read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        table.faults.add(str(table.file), key, "users_missing", text, path=text)
        return Path(text)
    except (OSError, UnicodeDecodeError):
        table.faults.add(str(table.file), key, "users_unreadable", text, path=text)
        return Path(text)
    for number, line in enumerate(lines, 1):
        bare = line.strip()
        if bare and not bare.startswith("#") and not _USER.fullmatch(bare):
            # The line itself may hold what slipped into the wrong place.
            table.fault("users_file", "not_a_user", f"{text}:{number}")
    return Path(text)


def _netloc(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def _bind(table: Table, default: Web) -> tuple[str, int]:
    text = table.text("bind", f"{default.host}:{default.port}")
    host, _, port = text.rpartition(":")
    if is_host(host) and port.isascii() and port.isdigit() and int(port) <= 65_535:
        return host.strip("[]"), int(port)
    table.fault("bind", "not_a_bind", text)
    return default.host, default.port


def read_storage(table: Table) -> Storage:
    """Return below how much free disk nothing more is fetched."""
    default = Storage()
    return Storage(table.whole("disk_floor_mib", default.disk_floor_mib, 0))


def read_documents(table: Table) -> Documents:
    """Return who issues documents; margins are four, and leave a page its middle."""
    default = Documents()
    names = ("superior", "body", "symbol", "place", "signer", "signed_by", "maker")
    texts = {n: table.text(n, getattr(default, n)).strip() for n in names}
    margins = tuple(table.items("margins", int) or default.margins)
    if len(margins) != 4 or not all(0 <= m <= _WIDEST_MARGIN for m in margins):
        table.fault("margins", "not_margins", list(margins), high=_WIDEST_MARGIN)
        margins = default.margins
    return Documents(
        **texts,
        addressee=table.text("addressee", default.addressee).strip(),
        recipients=table.texts("recipients", default.recipients),
        margins=margins,
    )


def read_workers(table: Table) -> Workers:
    """Return how many reader processes run."""
    default = Workers()
    return Workers(table.whole("processes", default.processes, 1, 256))


def read_timezone(top: Table) -> str:
    """Return the name of a time zone that this machine knows."""
    name = top.text("timezone", _TOP["timezone"])
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        top.fault("timezone", "not_a_timezone", name)
    return name


def read_database(top: Table) -> str:
    """Return the database's URL; in the file it may hold no password."""
    url = top.text("database", _TOP["database"])
    try:
        password = urlsplit(url).password
    except ValueError:
        password = None
    from_file = url == top.raw("database")
    if password and from_file:
        top.fault("database", "secret_in_file", url.replace(password, "***"))
    schemes = ("sqlite:///", "postgresql+psycopg://")
    if not url.startswith(schemes) or url == schemes[0]:
        shown = url if not password else None
        top.fault("database", "not_a_database", shown)
    return url


def read_archive(top: Table) -> Path:
    """Return the folder of raw mails; object stores are told apart by their scheme."""
    text = top.text("archive", str(_TOP["archive"]), blank=False)
    if "://" in text:
        top.fault("archive", "not_supported", text)
    return Path(text)
