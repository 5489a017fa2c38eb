from datetime import UTC, datetime
from pathlib import Path

import pytest

from daemon.mailbox.files import FileMail, NotMail, read_paths
from parsers.message import parse
from tests.builders.message import RULES
from tests.builders.outlook import Mail, a_msg

NOW = datetime(2021, 6, 8, 9, tzinfo=UTC)
MAIL = b"From: a@b.vn\r\nSubject: x\r\n\r\nbody\r\n"
FROM = b"From a@b.vn Mon Jun  7 10:00:00 2021\n"


def found_in(*paths: Path, message_bytes: int = 10**6) -> list[FileMail | NotMail]:
    return list(read_paths(paths, NOW, message_bytes))


def labels(folder: Path) -> list[str]:
    found = found_in(folder)
    return [
        str(Path(f.label).relative_to(folder.parent))
        for f in found
        if isinstance(f, FileMail)
    ]


def reasons(folder: Path) -> dict[str, str]:
    return {f.path.name: f.why for f in found_in(folder) if isinstance(f, NotMail)}


def test_the_bytes_of_a_file_are_not_changed(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    (mail,) = found_in(tmp_path / "a.eml")
    assert isinstance(mail, FileMail)
    assert (mail.raw, mail.size, mail.received) == (MAIL, len(MAIL), NOW)


def test_folders_are_read_to_the_bottom_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b/2.eml", "b/1.eml", "a.eml", "c/d/e.eml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(MAIL)
    here = tmp_path.name
    expected = ["a.eml", "b/1.eml", "b/2.eml", "c/d/e.eml"]
    assert labels(tmp_path) == [f"{here}/{name}" for name in expected]


def test_each_mail_of_an_mbox_has_its_number(tmp_path: Path) -> None:
    data = (FROM + MAIL + b"\n") * 3
    (tmp_path / "x.mbox").write_bytes(data)
    (tmp_path / "Inbox").write_bytes(data)
    here = tmp_path.name
    names = [f"{here}/Inbox#{n}" for n in (1, 2, 3)]
    assert labels(tmp_path) == names + [f"{here}/x.mbox#{n}" for n in (1, 2, 3)]


def test_a_maildir_is_read_with_its_sub_folders(tmp_path: Path) -> None:
    box = tmp_path / "Maildir"
    for part in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new"):
        (box / part).mkdir(parents=True)
    for name in ("cur/11.a:2,S", "new/10.b", "tmp/9.c", ".Sent/cur/12.d:2,"):
        (box / name).write_bytes(MAIL + name.encode())
    found = found_in(box)
    assert [Path(f.label).name for f in found if isinstance(f, FileMail)] == [
        "Maildir#1",
        "Maildir#2",
        ".Sent#1",
    ]
    assert [f.raw[len(MAIL) :] for f in found if isinstance(f, FileMail)] == [
        b"new/10.b",
        b"cur/11.a:2,S",
        b".Sent/cur/12.d:2,",
    ]


def test_what_is_no_mail_is_named_and_not_made_into_one(tmp_path: Path) -> None:
    (tmp_path / "bang.xlsx").write_bytes(b"PK\x03\x04rest")
    (tmp_path / "fake.eml").write_bytes(b"%PDF-1.7 x")
    (tmp_path / "note.txt").write_bytes(b"Subject: this is a note\n")
    (tmp_path / "out.msg").write_bytes(b"\xd0\xcf\x11\xe0rest")
    (tmp_path / "notes.dxl").write_bytes(b"<?xml version='1.0'?>")
    (tmp_path / "empty.eml").write_bytes(b"")
    assert reasons(tmp_path) == {
        "bang.xlsx": "not_a_mail",
        "fake.eml": "not_a_mail",
        "note.txt": "not_a_mail",
        "out.msg": "unsupported",
        "notes.dxl": "unsupported",
        "empty.eml": "empty",
    }
    assert labels(tmp_path) == []


def test_a_mail_without_a_name_that_says_so_is_still_a_mail(tmp_path: Path) -> None:
    (tmp_path / "12345").write_bytes(MAIL)
    assert labels(tmp_path) == [f"{tmp_path.name}/12345"]


def test_a_mail_whose_header_begins_with_junk_is_still_a_mail(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"junk line\r\n" + MAIL)
    assert labels(tmp_path) == [f"{tmp_path.name}/a.eml"]


def test_a_missing_path_is_a_value_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    gone, mail = found_in(tmp_path / "gone.eml", tmp_path / "a.eml")
    assert gone == NotMail(tmp_path / "gone.eml", "missing")
    assert isinstance(mail, FileMail)


@pytest.mark.parametrize("limit", [len(MAIL) - 1, 10])
def test_of_a_file_above_the_limit_the_header_is_read(
    tmp_path: Path, limit: int
) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    (mail,) = found_in(tmp_path, message_bytes=limit)
    assert isinstance(mail, FileMail)
    assert mail.raw == MAIL[: MAIL.index(b"body")]
    assert (mail.size, mail.header_only) == (len(MAIL), True)


OUTLOOK = a_msg(
    Mail(
        {
            0x0037: "Đăng ký",
            0x1000: "Kính gửi",
            0x007D: "Received: x; Mon, 7 Jun 2021 10:11:12 +0700\r\nFrom: a@b.vn",
        }
    )
)


@pytest.mark.parametrize("name", ["thu.msg", "THU.MSG", "thu.eml"])
def test_a_mail_of_outlook_is_a_mail(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(OUTLOOK)
    (mail,) = found_in(tmp_path / name)
    assert isinstance(mail, FileMail)
    assert mail.raw == OUTLOOK
    assert mail.received.isoformat() == "2021-06-07T10:11:12+07:00"
    message = parse(mail.raw, RULES).message
    assert message.subject == "Đăng ký"
    assert message.author is not None
    assert message.author.address == "a@b.vn"


def test_a_text_mail_under_outlooks_name_is_a_mail(tmp_path: Path) -> None:
    (tmp_path / "thu.msg").write_bytes(MAIL)
    assert labels(tmp_path) == [f"{tmp_path.name}/thu.msg"]


def a_dxl(*mails: bytes) -> bytes:
    inner = b"".join(b"<mime><![CDATA[%s]]></mime>" % mail for mail in mails)
    head = b"<?xml version='1.0'?><document xmlns='http://www.lotus.com/dxl'>"
    return head + inner + b"</document>"


def test_the_mails_of_notes_are_mails(tmp_path: Path) -> None:
    (tmp_path / "one.dxl").write_bytes(a_dxl(MAIL))
    (tmp_path / "two.xml").write_bytes(a_dxl(MAIL, MAIL))
    (tmp_path / "raw.dxl").write_bytes(a_dxl())
    here = tmp_path.name
    expected = [f"{here}/one.dxl", f"{here}/two.xml#1", f"{here}/two.xml#2"]
    assert labels(tmp_path) == expected
    assert reasons(tmp_path) == {"raw.dxl": "unsupported"}
    first = found_in(tmp_path / "one.dxl")[0]
    assert isinstance(first, FileMail)
    assert first.raw == MAIL.rstrip()
