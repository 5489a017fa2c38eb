"""Mail whose reader lacks its program is held, and read when the program is there."""

import contextlib
import io
import json
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from daemon.__main__ import main
from daemon.commands import house
from daemon.commands.arguments import Common
from daemon.commands.office import open_office
from daemon.filed import Entry, keep_files
from daemon.mailbox.files import FileMail
from daemon.workbench import OfficeProgram, Workbench
from tests.acceptance.world import NOW, World, a_world, smtp
from tests.builders.letters import address_of

NOWHERE = OfficeProgram(places=())


def asked(world: World, *words: str) -> tuple[int, dict[str, object]]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main([*given(world), *words])
    return code, json.loads(out.getvalue())


def given(world: World) -> list[str]:
    return ["--config", str(world.configuration), "--now", NOW]


def ingest_without_the_program(world: World, raw: bytes) -> None:
    common = Common(world.configuration, NOW, "test", None)
    found = FileMail("mail.eml", raw, datetime.fromisoformat(NOW), len(raw))
    with open_office(common) as office:
        room = house.strongroom(office)
        with (
            Workbench(office.desk.rules, 1, NOWHERE) as bench,
            house.intake(office, room, bench) as intake,
        ):
            for filed in keep_files(room, iter([found]), Entry("files", "ingest")):
                intake.take(one.kept for one in filed)
            intake.finish()


def a_mail(doc: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"Phường 10 <{address_of('P10')}>"
    mail["To"] = "office@example.org"
    mail["Subject"] = "Phường 10 gửi bảng đăng ký"
    mail["Date"] = "Tue, 08 Jun 2021 08:00:00 +0700"
    mail["Message-ID"] = "<held@quan3.example>"
    mail.set_content("Phường 10 gửi bảng đăng ký công trình.")
    mail.add_attachment(doc, "application", "msword", filename="bang.doc")
    return mail.as_bytes()


def test_a_mail_is_held_without_the_program_and_read_once_it_is_there(
    tmp_path: Path, a_doc: bytes
) -> None:
    world = a_world(tmp_path, more=smtp(9))
    ingest_without_the_program(world, a_mail(a_doc))
    _, shown = asked(world, "show", "1", "--json")
    assert (shown["state"], shown["reason"]) == ("held", "program_missing")
    assert "program_missing" in json.dumps(shown["reading"])

    assert main([*given(world), "reprocess", "--held"]) == 0
    _, shown = asked(world, "show", "1", "--json")
    assert (shown["state"], shown["reason"]) == ("processed", None)
    assert "program_missing" not in json.dumps(shown["reading"])
    (version,) = shown["submissions"]
    assert len(version["rows"]) == 10


def test_the_doctor_names_the_program(tmp_path: Path) -> None:
    world = a_world(tmp_path, more=smtp(9))
    _, told = asked(world, "check", "--json")
    (found,) = [c for c in told["checks"] if c["name"] == "program LibreOffice"]
    assert found["ok"] is True
    assert Path(found["detail"]).exists()
