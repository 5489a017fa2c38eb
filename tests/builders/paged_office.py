"""An office with a mailbox full of mails, for the page: seeded once, served on a port.

Its mails are the demo's, dropped into a folder: nothing is connected to.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Page

from config.settings import SHIPPED_CAMPAIGN, SHIPPED_UNITS
from daemon.__main__ import main
from daemon.demo.campaign import ADDRESSES, delivered
from daemon.demo.samples import OFFICE, write_units
from tests.builders.site import USERS
from tests.neighbours import free_port

NOW = "2021-06-08T09:00:00+07:00"
ROOT = Path(__file__).resolve().parents[2]
_CONFIGURATION = """
database = "{database}"
archive = "{folder}/archive"
campaign = "{campaign}"
units = "{folder}/units.csv"

[[mailboxes]]
name = "notes"
kind = "directory"
path = "{folder}/notes"

[smtp]
host = "127.0.0.1"
port = 9
security = "none"
from = "Ban Dân vận Quận ủy Quận 3 <{office}>"

[web]
bind = "127.0.0.1:{port}"
prefix = "{prefix}"
users_file = "{folder}/users"

[storage]
disk_floor_mib = 1
"""


def seeded(
    folder: Path,
    database: str = "",
    prefix: str = "",
    mails: Sequence[bytes] | None = None,
) -> Path:
    """Return the configuration of an office that has read the demo's mails, or these.

    Users are those of `tests.builders.site`: `lan` (`mot`) decides, `minh` (`hai`)
    looks.
    """
    notes = folder / "notes"
    notes.mkdir(parents=True)
    if mails is None:
        mails = [mail.raw for mail in delivered()]
    for number, raw in enumerate(mails):
        (notes / f"{number:03}.eml").write_bytes(raw)
    # Files are read once they have stood still.
    for path in notes.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))
    write_units(SHIPPED_UNITS, folder / "units.csv", ADDRESSES)
    users = folder / "users"
    users.write_text(USERS, "utf-8")
    users.chmod(0o600)
    text = _CONFIGURATION.format(
        database=database or f"sqlite:///{folder}/hopthu.db",
        folder=folder,
        campaign=SHIPPED_CAMPAIGN,
        office=OFFICE,
        port=free_port(),
        prefix=prefix,
    )
    configuration = folder / "hopthu.toml"
    configuration.write_text(text, "utf-8")
    main(["--config", str(configuration), "--now", NOW, "poll"])
    return configuration


@contextmanager
def page_of(configuration: Path) -> Iterator[str]:
    """Yield the address at which `hopthu web` serves the office's page."""
    command = [sys.executable, "-m", "daemon", "--config", str(configuration)]
    process = subprocess.Popen(
        [*command, "--now", NOW, "web"], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    try:
        address = process.stderr.readline().strip().rpartition(" ")[2]
        _wait(address)
        yield address.rstrip("/")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        process.stderr.close()


def _wait(address: str) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with suppress(OSError):
            urllib.request.urlopen(address + "login", timeout=5).close()
            return
        time.sleep(0.05)
    raise AssertionError(f"no page at {address}")


def page_paths(page: Page, address: str) -> dict[str, str]:
    """Return a path for every page of the office, by a short name."""
    page.goto(f"{address}/messages?state=held")
    held = page.locator("table.mails tbody a").first.get_attribute("href") or ""
    page.goto(f"{address}/messages?state=processed&q=phuong+2")
    mail = page.locator("table.mails tbody a").first.get_attribute("href") or ""
    page.goto(f"{address}/outbox")
    item = page.locator("table.items tbody th a").first.get_attribute("href") or ""
    return {
        "status": "/",
        "filtered": "/?q=phuong&sort=registered&order=down",
        "unit": "/units/P02",
        "messages": "/messages",
        "held": held,
        "mail": mail,
        "outbox": "/outbox",
        "item": item,
        "health": "/health",
    }
