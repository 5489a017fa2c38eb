"""`hopthu read`: a line for every input, whatever it is, and nothing but lines."""

import hashlib
import mailbox
import os
import re
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from daemon.demo.documents import html_table, word, workbook
from daemon.demo.works import rows
from tests.acceptance.world import Ran, a_world, run, smtp
from tests.builders.letters import ZONE, Posted, a_letter, compound, letterhead

GOOD = a_letter(Posted("P09", subject="Phường 9 đăng ký", files=["xlsx P09 10"]))
BOOK = workbook(letterhead("P09"), rows(3), "Nguyễn Văn Bình")
_FIELDS = (
    "From: =?utf-8?b?UDk=?= <p9@x.example>\r\nMessage-ID: <t@x>\r\n"
    "Date: Mon, 07 Jun 2021 09:00:00 +0700\r\n"
)


def _without(raw: bytes, *names: str) -> bytes:
    head, _, body = raw.partition(b"\r\n\r\n")
    pattern = re.compile("|".join(f"{n}:" for n in names).encode(), re.I)
    kept = [line for line in head.split(b"\r\n") if not pattern.match(line)]
    return b"\r\n".join(kept) + b"\r\n\r\n" + body


def _html(charset: str, table: str) -> bytes:
    head = f"{_FIELDS}Subject: x\r\nContent-Type: text/html; charset={charset}\r\n"
    return f"{head}Content-Transfer-Encoding: 8bit\r\n\r\n{table}".encode()


def _raw_8bit() -> bytes:
    text = f"{_FIELDS}Subject: Phường 9 gửi đăng ký\r\n\r\nKính gửi Ban Dân vận\r\n"
    return text.replace("=?utf-8?b?UDk=?=", "Phường 9").encode()


def _boundary() -> bytes:
    found = re.search(rb'boundary="([^"]+)"', GOOD)
    assert found is not None
    return found[1]


def _mails(folder: Path) -> None:
    table = html_table(rows(2))
    mark = _boundary()
    files = {
        "good.eml": GOOD,
        "no-from.eml": _without(GOOD, "From"),
        "no-date.eml": _without(GOOD, "Date"),
        "no-id.eml": _without(GOOD, "Message-ID"),
        "eight-bit.eml": _raw_8bit(),
        "not-closed.eml": GOOD.replace(b"--" + mark + b"--", b""),
        "other-boundary.eml": GOOD.replace(b'boundary="' + mark, b'boundary="X'),
        "lies-ascii.eml": _html("us-ascii", table),
        "lies-1252.eml": _html("windows-1252", table),
        "lies-unknown.eml": _html("x-nobody-knows", table),
        "decomposed.eml": _html("utf-8", unicodedata.normalize("NFD", table)),
        "one-name-twice.eml": a_letter(
            Posted("P09", files=["xlsx P09 4", "xlsx P09 4 4"])
        ),
        "nothing-attached.eml": a_letter(Posted("P09", text="Xem file đính kèm.")),
        "advert.eml": a_letter(Posted(sender="a@shop.example", subject="Giảm giá")),
        "nul.eml": b"From: a@b.example\r\nSubject: a\x00b\r\n\r\n\x00\x00",
        "header-only.eml": b"From: a@b.example\r\nSubject: x\r\n",
        "no-mail.eml": b"not a mail at all\n",
        "empty.eml": b"",
    }
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    box = mailbox.mbox(folder / "x.mbox")
    for number in (10, 11, 12):
        box.add(a_letter(Posted(f"P{number}", files=[f"xlsx P{number} 2"])))
    box.close()
    door = mailbox.Maildir(folder / "md")
    for number in (1, 2):
        door.add(a_letter(Posted(f"P0{number}", html_rows=3)))


def _files(folder: Path) -> None:
    files = {
        "bang.xlsx": BOOK,
        "bang.docx": word(letterhead("MN-06"), rows(1), "Võ Ngọc Lan"),
        "cut.xlsx": BOOK[: len(BOOK) // 2],
        "locked.xlsx": compound("EncryptionInfo", "EncryptedPackage"),
        "empty.xlsx": b"",
        "old.doc": compound("WordDocument", "1Table"),
        "picture.jpg": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 300,
        "noise.bin": bytes(range(256)) * 20,
        "words.txt": "Kính gửi Ban Dân vận".encode(),
    }
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    os.mkfifo(folder / "pipe.eml")
    (folder / "dangling.xlsx").symlink_to(folder / "nowhere")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("read")
    for part in ("mails", "files", "home"):
        (made / part).mkdir()
    _mails(made / "mails")
    _files(made / "files")
    return made


@pytest.fixture(scope="module")
def everything(folder: Path) -> Ran:
    """All inputs in one go, with no configuration and an empty home."""
    what = [folder / "mails", folder / "files"]
    return run(folder / "home", "read", "--json", "--tables", *what)


@pytest.fixture(scope="module")
def lines(everything: Ran, folder: Path) -> dict[str, dict[str, Any]]:
    found = everything.lines("reading")
    return {line["path"].removeprefix(f"{folder}/"): line for line in found}


def test_every_input_has_one_line_in_the_order_of_the_inputs(
    everything: Ran, folder: Path
) -> None:
    paths = [line["path"] for line in everything.lines("reading")]
    mails = [p for p in paths if "/mails/" in p]
    files = sorted(str(p) for p in (folder / "files").iterdir())

    assert len(paths) == len(set(paths))
    assert mails + files == paths
    boxes = [p.rsplit("/", 1)[1] for p in mails if "#" in p]
    assert boxes == ["md#1", "md#2", "x.mbox#1", "x.mbox#2", "x.mbox#3"]
    assert len(mails) == 18 + 5


def test_a_held_line_gives_exit_code_one_and_stderr_no_json(everything: Ran) -> None:
    assert everything.code == 1
    assert "{" not in everything.err


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("mails/good.eml", 10),
        ("mails/no-from.eml", 10),
        ("mails/no-date.eml", 10),
        ("mails/no-id.eml", 10),
        ("mails/not-closed.eml", 10),
        ("mails/other-boundary.eml", 10),
        ("mails/lies-ascii.eml", 2),
        ("mails/lies-1252.eml", 2),
        ("mails/lies-unknown.eml", 2),
        ("mails/decomposed.eml", 2),
        ("mails/one-name-twice.eml", 8),
        ("mails/x.mbox#2", 2),
        ("mails/md#1", 3),
        ("files/bang.xlsx", 3),
        ("files/bang.docx", 1),
    ],
)
def test_rows_are_read_letter_by_letter(
    lines: dict[str, Any], path: str, count: int
) -> None:
    read = lines[path]["registrations"]
    expected = [*rows(4), *rows(4, 4)] if count == 8 else list(rows(count))

    assert lines[path]["kind"] == "registration"
    assert [r["title"] for r in read] == [r[1] for r in expected]
    assert [r["method"] for r in read] == [r[2] for r in expected]
    assert [r["time"] for r in read] == [r[3] for r in expected]
    assert [r["expected_result"] for r in read] == [r[4] for r in expected]
    assert {r["certainty"] for r in read} == {1.0}


def test_what_a_header_lacks_is_null_and_named(lines: dict[str, Any]) -> None:
    def codes(path: str) -> set[str]:
        return {f["code"] for f in lines[path]["findings"]}

    assert lines["mails/no-from.eml"]["message"]["from"] is None
    assert "sender_missing" in codes("mails/no-from.eml")
    assert lines["mails/no-date.eml"]["message"]["date"] is None
    assert "date_missing" in codes("mails/no-date.eml")
    assert lines["mails/no-id.eml"]["message"]["message_id"] is None
    assert "boundary_repaired" in codes("mails/other-boundary.eml")
    assert "attachment_forgotten" in codes("mails/nothing-attached.eml")


def test_raw_eight_bit_headers_are_read_as_written(lines: dict[str, Any]) -> None:
    message = lines["mails/eight-bit.eml"]["message"]

    assert message["subject"] == "Phường 9 gửi đăng ký"
    assert message["from"] == {"name": "Phường 9", "address": "p9@x.example"}


def test_two_attachments_of_one_name_are_told_apart(lines: dict[str, Any]) -> None:
    paths = [a["path"] for a in lines["mails/one-name-twice.eml"]["attachments"]]

    assert paths == [["dang-ky-P09.xlsx"], ["dang-ky-P09.xlsx#2"]]


def test_a_bare_file_is_its_own_attachment(lines: dict[str, Any], folder: Path) -> None:
    for path, line in lines.items():
        if not path.startswith("files/") or "." not in path:
            continue
        name = path.removeprefix("files/")
        (attachment,) = line["attachments"]
        assert line["message"] is None
        assert attachment["path"] == [name]
        if name not in ("pipe.eml", "dangling.xlsx"):
            raw = (folder / path).read_bytes()
            assert attachment["bytes"] == len(raw)
            assert attachment["sha256"] == hashlib.sha256(raw).hexdigest()


def test_the_letterhead_of_a_bare_file_makes_its_unit_certain(
    lines: dict[str, Any],
) -> None:
    book, paper = lines["files/bang.xlsx"], lines["files/bang.docx"]

    assert (book["state"], book["reason"]) == ("processed", None)
    assert (book["unit"]["code"], book["unit"]["certainty"]) == ("P09", "certain")
    assert (paper["unit"]["code"], paper["unit"]["certainty"]) == ("MN-06", "certain")
    # Nobody received it, so it is not late.
    assert "late" not in {f["code"] for f in book["findings"]}


@pytest.mark.parametrize(
    ("path", "code", "kind"),
    [
        ("files/cut.xlsx", "file_damaged", None),
        ("files/locked.xlsx", "file_encrypted", "encrypted"),
        ("files/empty.xlsx", "file_empty", "empty"),
        ("files/old.doc", "file_damaged", "doc"),
        ("files/picture.jpg", "file_damaged", "jpg"),
        ("files/pipe.eml", "file_damaged", None),
        ("files/dangling.xlsx", "file_damaged", None),
    ],
)
def test_what_cannot_be_read_says_why(
    lines: dict[str, Any], path: str, code: str, kind: str | None
) -> None:
    line = lines[path]

    assert line["attachments"][0]["role"] == "unreadable"
    assert code in {f["code"] for f in line["findings"]}
    assert line["registrations"] == []
    assert kind is None or line["attachments"][0]["type"] == kind


def test_every_finding_has_a_vietnamese_sentence(lines: dict[str, Any]) -> None:
    texts = {f["text"] for line in lines.values() for f in line["findings"]}

    assert texts
    assert all(any(ord(c) > 127 for c in text) for text in texts)
    assert not [t for t in texts if "{" in t or "None" in t]


def test_all_text_is_composed_trimmed_and_without_odd_white_space(
    everything: Ran, lines: dict[str, Any]
) -> None:
    assert unicodedata.is_normalized("NFC", everything.out)
    cells = [
        cell
        for line in lines.values()
        for row in line["registrations"]
        for cell in (row["title"], row["method"], row["time"], row["expected_result"])
        if cell
    ]
    assert cells
    assert all(c == c.strip() and "  " not in c and "\xa0" not in c for c in cells)


def test_tables_show_the_sheet_as_displayed(lines: dict[str, Any]) -> None:
    tables = lines["files/bang.xlsx"]["tables"]
    (data,) = [t for t in tables if t["role"] == "data"]
    heading = data["heading_rows"][-1]

    assert data["attachment"] == ["bang.xlsx"]
    assert data["place"].startswith("Đăng ký!")
    assert data["columns"] == ["number", "title", "method", "time", "expected_result"]
    assert data["rows"][heading + 1][:2] == ["1", rows(1)[0][1]]
    for table in tables:
        widths = {len(row) for row in table["rows"]}
        assert widths <= {len(table["columns"])}
        for row, sure in zip(table["rows"], table["certainty"], strict=True):
            assert [c is None for c in row] == [c is None for c in sure]
        for top, left, bottom, right in table["merged"]:
            covered = [
                table["rows"][y][x]
                for y in range(top, bottom)
                for x in range(left, right)
                if (y, x) != (top, left)
            ]
            assert set(covered) <= {None}
            assert table["rows"][top][left] is not None


def test_a_table_in_the_body_belongs_to_no_attachment(lines: dict[str, Any]) -> None:
    line = lines["mails/lies-ascii.eml"]

    assert line["attachments"] == []
    assert [t["attachment"] for t in line["tables"]] == [[]]


def test_reading_without_a_configuration_knows_no_address(
    lines: dict[str, Any],
) -> None:
    line = lines["mails/good.eml"]

    assert (line["state"], line["reason"]) == ("held", "sender_unknown")
    assert line["unit"]["certainty"] == "probable"
    assert line["candidates"][0]["code"] == "P09"


def test_a_missing_path_still_has_its_line_and_is_wrong_usage(folder: Path) -> None:
    kept = folder / "kept"
    given = [folder / "none.eml", folder / "files" / "bang.xlsx"]
    ran = run(folder / "home", "read", "--json", "--debug", kept, *given)
    first, second = ran.lines("reading")

    assert ran.code == 2
    assert str(given[0]) in ran.err
    assert first["path"] == str(given[0])
    assert second["state"] == "processed"
    assert "tables" not in second
    assert len(list(kept.iterdir())) == 2


def test_rows_of_two_units_in_one_archive_say_whose_each_is(tmp_path: Path) -> None:
    packed = tmp_path / "dang-ky.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for number, code in enumerate(("P09", "P10"), 1):
            book = workbook(letterhead(code), rows(2), "Nguyễn Văn Bình")
            archive.writestr(f"bang-{number}.xlsx", book)
    (line,) = run(tmp_path / "home", "read", "--json", packed).lines("reading")

    assert line["state"] == "processed"
    units = [row["unit"] for row in line["registrations"]]
    assert units == ["P09", "P09", "P10", "P10"]


def test_a_configured_office_knows_its_units_and_its_limits(tmp_path: Path) -> None:
    line = 'trusted_authserv_id = "mx.google.com"\n'
    door = f'[[mailboxes]]\nname = "n"\nkind = "directory"\npath = "{tmp_path}"\n{line}'
    world = a_world(tmp_path, door, smtp(1) + "[limits]\nmessage_mib = 1\n")
    late = a_letter(
        Posted(
            "P09", files=["xlsx P09 10"], received=datetime(2021, 6, 12, tzinfo=ZONE)
        )
    )
    mails = [
        world.mail("a.eml", GOOD),
        world.mail("b.eml", a_letter(Posted("P09", files=["large 1500"]))),
        world.mail("c.eml", late),
    ]
    ran = world.run("read", "--json", *mails)
    sure, large, after = ran.lines("reading")
    codes = {f["code"] for f in large["findings"]}

    assert ran.code == 0, ran.err
    assert (sure["state"], sure["message"]["trust"]) == ("processed", "proven")
    assert sure["unit"]["certainty"] == "certain"
    assert sure["unit"]["evidence"][0] == "address"
    assert (large["reason"], large["attachments"]) == ("nothing_readable", [])
    assert "file_too_large" in codes
    assert "late" in {f["code"] for f in after["findings"]}
    assert not world.database.exists()
    shown = world.run("read", mails[0])
    assert "Phường 9" in shown.out
    assert "{" not in shown.out
