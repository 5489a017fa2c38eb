"""A confirmation that comes alone in a later mail is in the status table."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

from docx import Document

from daemon.demo.samples import Letter, Sender, attached, write
from tests.acceptance.world import World, a_world, smtp
from tests.builders.letters import Posted, a_letter, address_of


def _confirmation() -> bytes:
    paper = Document()
    for line in ("ĐẢNG BỘ QUẬN 3", "ĐẢNG ỦY PHƯỜNG 9", "*"):
        paper.add_paragraph(line)
    paper.add_paragraph("XÁC NHẬN CỦA CẤP ỦY")
    paper.add_paragraph("Nguyễn Văn Bình")
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _unit(world: World, code: str) -> Any:
    units = world.json("status", "status")["units"]
    return next(unit for unit in units if unit["code"] == code)


def test_a_confirmation_alone_counts_for_the_table_that_stands(tmp_path: Path) -> None:
    world = a_world(tmp_path, more=smtp(1))
    table = Posted("P09", subject="Phường 9 đăng ký", files=["unheaded 3"])
    first = world.mail("1.eml", a_letter(table))
    assert world.run("ingest", first).code == 0
    unit = _unit(world, "P09")
    assert (unit["confirmation"], unit["findings"]) == ("absent", 2)

    sender = Sender("Phường 9", address_of("P09"))
    letter = Letter("Phường 9 gửi bản xác nhận", "Gửi Ban Dân vận bản có xác nhận.")
    files = [attached("xac-nhan.docx", _confirmation())]
    later = table.received + timedelta(hours=4)
    second = world.mail("2.eml", write(sender, letter, later, files, True))
    assert world.run("ingest", second).code == 0
    shown = world.json("show", "show", "2")
    assert (shown["state"], shown["reason"]) == ("processed", "nothing_changed")
    unit = _unit(world, "P09")
    # Below the quota it is still; that its confirmation is missing is said no more.
    told = ("confirmation", "versions", "registered", "findings")
    assert [unit[key] for key in told] == ["block_only", 1, 3, 1]
    (version,) = world.json("show", "show", "1")["submissions"]
    assert "confirmation_missing" not in {f["code"] for f in version["findings"]}
    # Decided anew, both mails say what they said.
    assert world.run("reprocess", "--all").code == 0
    assert _unit(world, "P09") == unit
