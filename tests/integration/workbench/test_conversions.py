"""Old Word files through the workbench: LibreOffice itself, and programs that fail."""

import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from daemon.commands.arguments import Common
from daemon.commands.office import read_desk
from daemon.demo.documents import workbook
from daemon.demo.works import rows
from daemon.workbench import Job, OfficeProgram, Outcome, Workbench
from parsers.values.limits import Limits
from parsers.values.reading import Reading, Rules
from tests.builders.office import MOODS, a_program
from tests.integration.workbench.conftest import WARD
from tests.integration.workbench.sleepers import sleepers

NOWHERE = OfficeProgram(places=())


@pytest.fixture(scope="module")
def rules() -> Rules:
    common = Common(None, "2021-06-08T09:00:00+07:00", "test", None)
    return read_desk(common, shipped=True).rules


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test a folder for what is passing, which must be empty at the end."""
    folder = tmp_path / "passing"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert not list(folder.iterdir())


def a_mail(*files: tuple[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"] = "p10@example.org"
    mail["Subject"] = "Phường 10 gửi bảng đăng ký"
    mail.set_content("Kính gửi Ban Dân vận bảng đăng ký công trình.")
    for name, payload in files:
        mail.add_attachment(payload, "application", "octet-stream", filename=name)
    return mail.as_bytes()


def read(rules: Rules, office: OfficeProgram | None, raw: bytes) -> Reading:
    with Workbench(rules, 2, office) as bench:
        (outcome,) = bench.read([Job(1, raw)])
    assert outcome.failure is None
    assert outcome.reading is not None
    return outcome.reading


def codes(reading: Reading) -> list[tuple[str, str | None]]:
    wanted = ("file_damaged", "limit_exceeded", "program_missing", "file_encrypted")
    return [(f.code, f.place) for f in reading.findings if f.code in wanted]


def quickly(rules: Rules, seconds: int = 2) -> Rules:
    return Rules(rules.units, rules.campaigns, rules.headings, Limits(seconds=seconds))


def test_an_old_word_file_is_read_like_the_new_one(
    rules: Rules, a_doc: bytes, a_docx: bytes
) -> None:
    old = read(rules, None, a_mail(("bang.doc", a_doc)))
    new = read(rules, None, a_mail(("bang.docx", a_docx)))
    assert codes(old) == []
    assert [r.title for r in old.registrations] == [r.title for r in new.registrations]
    assert len(old.registrations) == 10
    assert all(r.certainty == 1.0 for r in old.registrations)
    assert [(a.path, a.type, a.role) for a in old.attachments] == [
        (("bang.doc",), "doc", "table")
    ]


def test_without_the_program_the_rest_is_read_and_the_program_named(
    rules: Rules, a_doc: bytes
) -> None:
    sheet = workbook(WARD, rows(10), "Lê Minh Tuấn")
    raw = a_mail(("cu.doc", a_doc), ("bang.xlsx", sheet))
    reading = read(rules, NOWHERE, raw)
    assert codes(reading) == [("program_missing", "cu.doc")]
    (found,) = [f for f in reading.findings if f.code == "program_missing"]
    assert dict(found.parameters) == {
        "name": "cu.doc",
        "program": "LibreOffice",
    }
    assert len(reading.registrations) == 10


def test_a_password_is_told_without_any_conversion(rules: Rules, a_doc: bytes) -> None:
    # [MS-DOC] 2.5.2: bit 8 of the flags at byte 10 of the stream, the first sector
    # behind the header here.
    locked = bytearray(a_doc)
    at = locked.find(b"\xec\xa5", 512)
    assert at % 512 == 0
    locked[at + 11] |= 1
    reading = read(rules, NOWHERE, a_mail(("bang.doc", bytes(locked))))
    assert codes(reading) == [("file_encrypted", "bang.doc")]


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_a_program_that_fails_on_a_file_costs_that_file_alone(
    mood: str, rules: Rules, a_docx: bytes, a_doc: bytes, tmp_path: Path
) -> None:
    script = MOODS[mood].replace("{python}", sys.executable)
    folder = tmp_path / "program"
    office = OfficeProgram(places=(a_program(folder, script, a_docx),))
    sheet = workbook(WARD, rows(10), "Lê Minh Tuấn")
    raw = a_mail(("cu.doc", a_doc), ("cu-2.doc", a_doc), ("bang.xlsx", sheet))
    begun = time.monotonic()
    reading = read(quickly(rules), office, raw)
    assert time.monotonic() - begun < 30
    code = "limit_exceeded" if "hangs" in mood else "file_damaged"
    assert codes(reading) == [(code, "cu.doc"), (code, "cu-2.doc")]
    assert len(reading.registrations) == 10
    assert not sleepers()
    # Twice for the two equal files together; garbage is noticed by its reader.
    starts = (folder / "starts").read_text().count("start")
    probe = 1 if code == "file_damaged" else 0
    assert starts == (1 if mood == "writes garbage" else 2 + probe)


def test_a_program_that_converts_nothing_is_missing_and_no_file_is_blamed(
    rules: Rules, a_doc: bytes, tmp_path: Path
) -> None:
    folder = tmp_path / "program"
    office = OfficeProgram(places=(a_program(folder, "exit 1", b""),))
    (folder / "sample.docx").unlink()
    reading = read(rules, office, a_mail(("cu.doc", a_doc)))
    assert codes(reading) == [("program_missing", "cu.doc")]


def test_quick_mails_do_not_wait_for_a_conversion(
    rules: Rules, a_docx: bytes, a_doc: bytes, tmp_path: Path
) -> None:
    office = OfficeProgram(
        places=(a_program(tmp_path / "program", "sleep 1000", a_docx),)
    )
    sheet = workbook(WARD, rows(10), "Lê Minh Tuấn")
    slow, quick = a_mail(("cu.doc", a_doc)), a_mail(("bang.xlsx", sheet))
    with Workbench(quickly(rules, 4), 1, office) as bench:
        bench.submit([Job(1, slow)])
        order = []
        bench.submit(Job(n, quick) for n in range(2, 30))
        while bench.waiting:
            order += [outcome.id for outcome in bench.outcomes()]
    assert sorted(order) == [*range(1, 30)]
    assert order[-1] == 1


def test_closing_ends_a_conversion_under_way(
    rules: Rules, a_docx: bytes, a_doc: bytes, tmp_path: Path
) -> None:
    folder = tmp_path / "program"
    script = "setsid sleep 1000 & sleep 1000"
    office = OfficeProgram(places=(a_program(folder, script, a_docx),))
    begun = time.monotonic()
    with Workbench(rules, 2, office) as bench:
        bench.submit([Job(1, a_mail(("cu.doc", a_doc)))])
        while not sleepers():
            time.sleep(0.02)
    assert time.monotonic() - begun < 20
    assert not sleepers()


def test_several_old_files_of_one_mail_are_all_read(rules: Rules, a_doc: bytes) -> None:
    other = a_doc + bytes(512)
    raw = a_mail(("1.doc", a_doc), ("2.doc", other), ("3.doc", a_doc))
    with Workbench(rules, 3) as bench:
        outcomes: list[Outcome] = list(bench.read([Job(1, raw), Job(2, raw)]))
    assert {o.id for o in outcomes} == {1, 2}
    for outcome in outcomes:
        assert outcome.reading is not None
        assert codes(outcome.reading) == []
        roles = [a.role for a in outcome.reading.attachments]
        assert roles == ["table", "copy", "copy"]


def test_a_program_sees_no_network_or_the_journal_says_that_it_does(
    rules: Rules,
    a_docx: bytes,
    a_doc: bytes,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = tmp_path / "program"
    script = f'grep : /proc/self/net/dev >{folder}/seen; cp {folder}/sample.docx "$out"'
    office = OfficeProgram(places=(a_program(folder, script, a_docx),))
    caplog.set_level("INFO", "hopthu")
    reading = read(rules, office, a_mail(("cu.doc", a_doc)))
    assert len(reading.registrations) == 10
    seen = [line.split(":")[0].strip() for line in (folder / "seen").open()]
    told = "network_in_reach_of_conversions" in caplog.messages
    assert told or seen == ["lo"]
