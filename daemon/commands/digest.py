"""`hopthu digest`: today's report to the staff, if it is due and was not made yet."""

import argparse
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from daemon.commands import house
from daemon.commands.arguments import Common
from daemon.commands.office import Office, letterbox, open_office
from daemon.commands.reports import digests
from daemon.commands.terminal import say, show_lines
from daemon.compose import ComposeInput, compose
from parsers.values.summary import DigestFacts

#: Endings of `--to` that take one body; every other takes the whole mail.
_BODIES = {".html": "text/html", ".htm": "text/html", ".txt": "text/plain"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--dry-run", action="store_true", help="show it; store and send nothing"
    )
    parser.add_argument(
        "--to",
        metavar="FILE",
        help="write it to a file instead (.html, .txt, else the mail, .eml)",
    )


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Make and send what is due; 3 where the mail server could not be reached, 1 where
    mail could not be sent, 2 where the file cannot be written.
    """
    with open_office(common) as office:
        if arguments.to:
            return _write(office, Path(arguments.to))
        if arguments.dry_run:
            _show(office)
            return 0
        return _send(office)


def _send(office: Office) -> int:
    making = digests(office)
    reason = making.not_due()
    if reason is not None:
        say(reason, at=f"{making.schedule.at:%H:%M}")
        return 0
    if not making.recipients:
        say("digest_nobody")
        return 0
    made = making.enqueue_due()
    if not made:
        say("digest_stands")
    report = house.dispatch(office).pass_over()
    if report.unreachable:
        say("smtp_unreachable", detail=report.unreachable)
        return 3
    if report.waiting:
        say("items_wait", count=report.waiting)
    return 1 if report.waiting else 0


def _show(office: Office) -> None:
    """Print the text of every campaign's digest, due or not, and say if it is not."""
    making = digests(office)
    for campaign in making.campaigns:
        mail = message_from_bytes(_mail(office, making.facts(campaign)))
        show_lines(_body(mail, "text/plain").splitlines())
    reason = making.not_due()
    if reason is not None:
        say(reason, at=f"{making.schedule.at:%H:%M}")


def _write(office: Office, path: Path) -> int:
    """Write the digest of the chosen campaign, else of the first."""
    raw = _mail(office, digests(office).facts(office.campaign))
    kind = _BODIES.get(path.suffix.lower())
    if kind is not None:
        raw = _body(message_from_bytes(raw), kind).encode("utf-8")
    try:
        path.write_bytes(raw)
    except OSError as error:
        say("file_unwritable", path=path, detail=error.strerror)
        return 2
    return 0


def _mail(office: Office, facts: DigestFacts) -> bytes:
    box = letterbox(office.settings, office.zone)
    to = office.settings.digest.recipients[:1] or (box.address,)
    key = f"{facts.campaign}:{facts.day}:{to[0]}"
    given = ComposeInput("digest", None, key, to, facts, facts.as_of)
    return compose(given, box).raw


def _body(mail: Message, kind: str) -> str:
    for part in mail.walk():
        if part.get_content_type() == kind:
            payload = part.get_payload(decode=True)
            return payload.decode("utf-8") if isinstance(payload, bytes) else ""
    return ""
