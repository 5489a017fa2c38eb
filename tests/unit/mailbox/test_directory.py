from datetime import UTC, datetime
from pathlib import Path

from daemon.mailbox.directory import STILL, Scan, Stamp, judge, read, scan
from daemon.mailbox.files import FileMail

NOW = datetime(2021, 6, 8, 9, tzinfo=UTC)
FILE = Path("notes/a.eml")
MAIL = b"From: a@b.vn\r\nSubject: x\r\n\r\nbody\r\n"


def test_a_file_is_read_when_it_has_stood_still_for_two_seconds() -> None:
    stamp = Stamp(FILE, 10, 5)
    first = judge([stamp], 100.0, {})
    assert (first.still, first.wait) == ((), STILL)
    assert judge([stamp], 101.9, first.sightings).still == ()
    assert judge([stamp], 102.0, first.sightings).still == (stamp,)


def test_a_file_that_changes_begins_to_stand_still_anew() -> None:
    first = judge([Stamp(FILE, 10, 5)], 100.0, {})
    for changed in (Stamp(FILE, 11, 5), Stamp(FILE, 10, 6)):
        second = judge([changed], 101.5, first.sightings)
        assert judge([changed], 103.0, second.sightings).still == ()
        assert judge([changed], 103.5, second.sightings).still == (changed,)


def test_a_file_that_was_read_is_not_read_again_until_it_changes() -> None:
    stamp, grown = Stamp(FILE, 10, 5), Stamp(FILE, 20, 9)
    first = judge([stamp], 100.0, {})
    done = judge([stamp], 102.0, first.sightings).after_reading(stamp)
    quiet = judge([stamp], 200.0, done)
    assert (quiet.still, quiet.wait) == ((), None)
    moving = judge([grown], 201.0, quiet.sightings)
    assert judge([grown], 203.0, moving.sightings).still == (grown,)


def test_a_file_that_changed_while_it_was_read_is_not_marked() -> None:
    old, new = Stamp(FILE, 10, 5), Stamp(FILE, 20, 9)
    seen = judge([new], 100.0, {})
    assert not Scan((), seen.after_reading(old), None).sightings[FILE].read


def test_a_file_that_was_taken_away_is_forgotten() -> None:
    first = judge([Stamp(FILE, 10, 5)], 100.0, {})
    assert judge([], 101.0, first.sightings).sightings == {}


def twice(folder: Path) -> Scan:
    return scan(folder, 103.0, scan(folder, 100.0, {}).sightings)


def test_our_own_answers_are_no_source_of_mail(tmp_path: Path) -> None:
    for name in ("tra-loi/answer.eml", "a.eml", "sub/b.eml", ".hidden.eml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(MAIL)
    still = [stamp.path for stamp in twice(tmp_path).still]
    assert still == [tmp_path / "a.eml", tmp_path / "sub" / "b.eml"]
    assert (tmp_path / "a.eml").read_bytes() == MAIL


def test_a_folder_that_is_not_there_is_a_state(tmp_path: Path) -> None:
    assert scan(tmp_path / "gone", 100.0, {}).state == "missing"


def test_each_mail_of_a_maildir_is_a_file_of_its_own(tmp_path: Path) -> None:
    for part in ("cur", "new", "tmp"):
        (tmp_path / "M" / part).mkdir(parents=True)
    (tmp_path / "M" / "new" / "1.a").write_bytes(b"broken header\n\n")
    (tmp_path / "M" / "tmp" / "2.b").write_bytes(MAIL)
    (stamp,) = twice(tmp_path).still
    (mail,) = read(stamp, NOW, 10**6)
    assert isinstance(mail, FileMail)
    assert mail.raw == b"broken header\n\n"


def test_a_grown_mbox_gives_its_old_mails_with_the_same_bytes(tmp_path: Path) -> None:
    one = b"From a@b.vn Mon Jun  7 10:00:00 2021\nFrom: a@b.vn\n\n1\n"
    path = tmp_path / "x.mbox"
    path.write_bytes(one)
    before = [m.raw for m in read(twice(tmp_path).still[0], NOW, 10**6)]  # type: ignore[union-attr]
    path.write_bytes(one + b"\n" + one.replace(b"1\n", b"2\n"))
    after = [m.raw for m in read(twice(tmp_path).still[0], NOW, 10**6)]  # type: ignore[union-attr]
    assert after == [*before, b"From: a@b.vn\n\n2\n"]
