"""`hopthu demo`: the main job on sample mails, between servers on loopback."""

import argparse
import os
import re
import socket
import sys
import tempfile
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

from daemon.commands import house
from daemon.commands.arguments import Common
from daemon.commands.messages import HEADINGS, cells
from daemon.commands.office import Office, open_office
from daemon.commands.poll import one_pass
from daemon.commands.reports import digests
from daemon.commands.run import serve
from daemon.commands.served import served
from daemon.commands.status import show_status
from daemon.commands.terminal import phrase, show_lines, show_table
from daemon.demo.campaign import ADDRESSES, delivered
from daemon.demo.samples import OFFICE, write_units
from daemon.demo.servers import PASSWORD, USER, Servers, Sink
from daemon.page.users import User
from storage.mails import message_lines
from storage.status import read_status

NOW = "2021-06-08T09:00:00+07:00"
SENT = ("head_to", "head_subject")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no options."""


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Deliver the samples, do the job, show what came of it; 1 if no answer left."""
    folder = Path(tempfile.mkdtemp(prefix="hopthu-demo-"))
    sent = folder / "thu-da-gui"
    sent.mkdir()
    servers = Servers(Sink(sent))
    servers.start(list(delivered()))
    try:
        _tell("demo_folder", folder=folder)
        config = _configuration(folder, servers)
        now = common.now or NOW
        told = Common(str(config), now, common.by, common.campaign)
        with open_office(told, ticking=True) as office:
            one_pass(office)
            due = house.reminding(office).queue()
            report = house.dispatch(office).pass_over()
            digests(office).enqueue_due()
            house.dispatch(office).pass_over()
            _show(office, sent)
            _tell("reminders_telephone", count=len(due.no_address))
            _places(office, folder, sent)
            if sys.stdout.isatty():
                _tell("demo_serving")
                # Everything here is made up: whoever sits here may try everything.
                serve(office, guest=User(common.by, "decide"))
            else:
                # Nobody is there to look: the page is fetched once, and left as a file.
                _leave_page(office, folder)
    finally:
        servers.stop()
    return 0 if report.sent else 1


def _tell(key: str, **parameters: object) -> None:
    # Where everything lies is what the demo is asked for: it is the answer.
    show_lines([phrase(key, **parameters)])


def _configuration(folder: Path, servers: Servers) -> Path:
    """Write the demo's configuration as an operator would."""
    from config.settings import SHIPPED_CAMPAIGN, SHIPPED_UNITS

    units = folder / "units.csv"
    write_units(SHIPPED_UNITS, units, ADDRESSES)
    secret = folder / "password"
    secret.write_text(PASSWORD)
    os.chmod(secret, 0o600)
    template = Path(__file__).parents[1] / "demo" / "hopthu.toml"
    text = template.read_text("utf-8").format(
        folder=folder,
        campaign=SHIPPED_CAMPAIGN,
        imap_port=servers.imap_port,
        smtp_port=servers.smtp_port,
        user=USER,
        web_port=_free_port(),
        office=OFFICE,
    )
    path = folder / "hopthu.toml"
    path.write_text(text, "utf-8")
    return path


def _show(office: Office, sent: Path) -> None:
    with office.database.read() as connection:
        number = office.campaign.number
        status = read_status(connection, number, office.clock.now())
        held = message_lines(connection, "held")
    _tell("demo_status")
    show_status(status, list(status.units), office.zone)
    _tell("demo_held")
    show_table(HEADINGS, [cells(line, office.zone) for line in held])
    _tell("demo_sent")
    show_table(SENT, [_mail(path) for path in sorted(sent.glob("*.eml"))])


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def _leave_page(office: Office, folder: Path) -> None:
    target = folder / "trang-thai.html"
    with served(office) as url:
        if url is None:
            return
        page, style = _fetched(url), _fetched(urljoin(url, "style.css"))
    # A file has no server to ask for its style sheet.
    whole = re.sub(r"<link [^>]*stylesheet[^>]*>", f"<style>{style}</style>", page)
    # What only a server answers is left out.
    whole = re.sub(r"<script.*?</script>|<link rel=\"icon\"[^>]*>", "", whole)
    target.write_text(whole, "utf-8")
    _tell("demo_page_file", path=target)


def _fetched(url: str) -> str:
    with urlopen(url, timeout=10) as answer:
        text: bytes = answer.read()
    return text.decode("utf-8")


def _mail(path: Path) -> tuple[str, str]:
    mail = message_from_bytes(path.read_bytes())
    subject = str(make_header(decode_header(mail["Subject"] or "")))
    return str(mail["To"]), subject


def _places(office: Office, folder: Path, sent: Path) -> None:
    _tell("demo_database", path=folder / "hopthu.db")
    _tell("demo_outbox", path=sent)
    _tell("demo_page", url=office.settings.web.reach)
