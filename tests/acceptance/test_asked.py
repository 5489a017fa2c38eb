"""Who asks is answered, over the real commands and a mail server."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.world import World, a_world, run, smtp
from tests.builders.filled import WORKS, fill_workbook
from tests.builders.letters import Posted, a_letter
from tests.neighbours.sink import Sink, listening

STRICT = email.policy.default.clone(raise_on_defect=True)
STRANGER = "la@thu.example"


class Office:
    """An office that reads files and answers them."""

    def __init__(self, world: World, sink: Sink) -> None:
        self.world, self.sink = world, sink
        self.count = 0

    def ingest(self, posted: Posted) -> dict[str, Any]:
        self.count += 1
        path = self.world.mail(f"{self.count}.eml", a_letter(posted))
        ran = self.world.run("ingest", path, "--answer", "--json")
        line: dict[str, Any] = ran.lines("ingest_line")[0]
        return line

    def answers(self) -> list[EmailMessage]:
        raws = [caught.raw for caught in self.sink.taken]
        read = [email.message_from_bytes(raw, policy=STRICT) for raw in raws]
        return [mail for mail in read if isinstance(mail, EmailMessage)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with listening(Sink(), tmp_path) as sink:
        yield Office(a_world(tmp_path, more=smtp(sink.port)), sink)


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_ward_asks_for_the_form_fills_it_in_and_asks_what_stands(
    office: Office, tmp_path: Path
) -> None:
    asked = office.ingest(Posted("P09", subject="xin mẫu đăng ký", text="Trân trọng."))
    assert (asked["state"], asked["reason"]) == ("processed", "request")
    (answer,) = office.answers()
    assert answer["X-Hopthu-Purpose"] == "decision"
    assert "xin gửi kèm thư này mẫu bảng đăng ký" in words(answer)
    (sent,) = answer.iter_attachments()
    assert sent.get_filename() == "mau-dang-ky-P09.xlsx"

    form = tmp_path / "mau-dang-ky-P09.xlsx"
    form.write_bytes(fill_workbook(sent.get_payload(decode=True), WORKS))
    (read,) = run(office.world.home, "read", "--json", form).lines("reading")
    assert read["unit"]["code"] == "P09"
    assert read["unit"]["certainty"] == "certain"
    why = ("--why", "bản giấy")
    assert office.world.run("record", "P09", form, *why).code == 0

    office.ingest(Posted("P09", subject="trạng thái", text=""))
    status = words(office.answers()[-1])
    assert "đã đăng ký 3/10 công trình, còn thiếu 7 công trình" in status
    assert WORKS[1][1] in status

    office.ingest(Posted("P10", subject="Hướng dẫn", text="Trân trọng."))
    assert "2: bỏ" in words(office.answers()[-1])
    assert [mail["To"] for mail in office.answers()] == [
        "p09@quan3.example",
        "p09@quan3.example",
        "p10@quan3.example",
    ]


@pytest.mark.parametrize("subject", ["mẫu", "hướng dẫn", "trạng thái"])
def test_a_stranger_who_asks_is_answered_nothing(office: Office, subject: str) -> None:
    asked = office.ingest(Posted(sender=STRANGER, subject=subject, text=""))
    assert (asked["state"], asked["reason"]) == ("ignored", "not_for_us")
    assert office.answers() == []


def test_a_table_is_never_a_request(office: Office) -> None:
    got = office.ingest(Posted("P09", subject="xin mẫu", files=["xlsx P09 10"]))
    assert (got["state"], got["reason"], got["rows"]) == ("processed", None, 10)


def test_what_could_not_be_read_is_answered_with_the_form(office: Office) -> None:
    got = office.ingest(Posted("P09", files=["encrypted"]))
    assert (got["state"], got["reason"]) == ("processed", "nothing_readable")
    (answer,) = office.answers()
    assert "bỏ mật khẩu rồi gửi lại tệp" in words(answer)
    (sent,) = answer.iter_attachments()
    assert sent.get_filename() == "mau-dang-ky-P09.xlsx"


def test_an_answer_that_cannot_be_written_leaves_the_rows_and_is_put_before_staff(
    tmp_path: Path,
) -> None:
    # No header may hold such an address: the composer refuses it, as it would raise on
    # a template that fails.
    address = "phường9@quan3.example"
    with listening(Sink(), tmp_path) as sink:
        world = a_world(
            tmp_path, more=smtp(sink.port), without=["P09"], shared=f"{address}=P09"
        )
        raw = a_letter(Posted("P09", files=["xlsx P09 10"]))
        raw = raw.replace(b"p09@quan3.example", address.encode())
        path = world.mail("1.eml", raw)
        ran = world.run("ingest", path, "--answer", "--json")
        assert ran.code == 1
        (line,) = ran.lines("ingest_line")
        assert (line["state"], line["reason"], line["rows"]) == ("processed", None, 10)
        (item,) = world.json("outbox", "outbox")["items"]
        assert (item["state"], item["reason"]) == ("pending", "temporary")
        assert item["last_reply"] == "compose"
        assert "hopthu outbox" in ran.err
        events = world.json("show", "show", str(line["id"]))["events"]
        assert "not_composed" in [event["reason"] for event in events]
        assert sink.caught == []
