"""Single mails of single units, as a table that staff can read: `cases.csv`.

Each line is a mail as it comes (who, what stood before, subject, text, files), what
becomes of it, and why in one sentence. It is read and decided for real, without a
ledger; the standing version is a table read in the same way.
"""

import csv
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.settings import shipped_settings
from config.units_file import load_units
from daemon.commands.office import reading_rules
from daemon.decide import Policy, decide
from daemon.decide.digest import rows_digest
from parsers.reading import Reader
from parsers.values.decision import Case, Decision, Received, Standing
from parsers.values.unit import AddressOwner
from tests.builders.letters import Posted, a_letter, address_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BEFORE = datetime(2021, 6, 3, 9, tzinfo=ZONE)
PLAN = "41-KH/QU"
with Path(__file__).with_name("cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))
Line = dict[str, str]


@cache
def the_office() -> tuple[Reader, Policy]:
    settings = shipped_settings()
    units = load_units(settings.units, settings.categories)
    policy = Policy(
        campaigns=settings.campaigns,
        units=units,
        zone=ZONE,
        answer_modes={"gmail": "sender"},
        trusted={"gmail": ("mx.google.com",)},
        secret=b"of the table of cases",
    )
    return Reader(reading_rules(settings, units)), policy


def _letter(line: Line, files: str, received: datetime) -> bytes:
    recipes, html = [], 0
    for recipe in filter(None, files.split(";")):
        kind, *words = recipe.split()
        if kind == "html":
            html = int(words[0])
        elif kind in {"xlsx", "docx"}:
            number = words[0]
            unit = words[2] if len(words) > 2 else line["unit"]
            start = words[1] if len(words) > 1 else "0"
            recipes.append(f"{kind} {unit} {number} {start}")
        elif kind == "unheaded":
            recipes.append(recipe)
        else:
            needed = {"damaged": line["unit"], "secret": f"{line['unit']} 2"}
            needed["mixed"] = "2"
            recipes.append(f"{kind} {needed.get(kind, '')}".strip())
    posted = Posted(
        line["unit"],
        subject=line["subject"],
        text=line["text"],
        files=recipes,
        html_rows=html,
        received=received,
        proven=line["proven"] == "có",
    )
    return a_letter(posted)


def _standing(line: Line) -> tuple[Standing, ...]:
    if not line["before"]:
        return ()
    rows = ()
    if line["before"] != "nil":
        raw = _letter(line, f"xlsx {line['before']}", BEFORE)
        rows = the_office()[0].read_message(raw).registrations
    standing = Standing(
        campaign=PLAN,
        unit=line["unit"],
        phase="registration",
        version=1,
        last_version=1,
        received=BEFORE,
        message=1,
        rows_digest=rows_digest(rows),
        registrations=rows,
        mode="new",
    )
    return (standing,)


def decided(line: Line) -> Decision:
    """Return what becomes of the mail of one line."""
    reader, policy = the_office()
    received = datetime.fromisoformat(line["received"]).replace(tzinfo=ZONE)
    reading = reader.read_message(_letter(line, line["files"], received))
    case = Case(
        received=Received(
            id=2,
            raw_sha256="ab" * 32,
            raw_bytes=1000,
            received=received,
            mailbox="gmail",
            folder="INBOX",
            door="imap",
        ),
        reading=reading,
        now=received,
        owners=(AddressOwner(address_of(line["unit"]), line["unit"], "file"),),
        addressed=frozenset({line["unit"]}),
        standing=_standing(line),
    )
    return decide(case, policy)


@pytest.mark.parametrize("line", CASES, ids=[line["why"] for line in CASES])
def test_a_mail_becomes_what_the_table_says(line: Line) -> None:
    decision = decided(line)
    assert (decision.state, decision.reason or "") == (line["state"], line["reason"])
    made = decision.submissions
    assert [str(len(s.registrations)) for s in made] == [line["rows"]] * bool(
        line["rows"]
    )
    assert not line["mode"] or [s.mode for s in made] == [line["mode"]]


def test_the_table_is_large_and_says_why_in_each_line() -> None:
    assert len(CASES) >= 150
    assert all(line["why"].endswith(".") for line in CASES)
    assert len({line["why"] for line in CASES}) == len(CASES)
