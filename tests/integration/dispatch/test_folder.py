"""Answers of a directory door: one .eml for each, durable, by SMTP never."""

import os
import stat
from pathlib import Path

import pytest

from daemon.answer_folder import is_laid_down, lay_down
from storage.tables import outbox
from tests.builders.decisions import an_item
from tests.integration.dispatch.conftest import Post, answers
from tests.neighbours.sink import DROP


def test_an_answer_for_a_folder_is_its_frozen_bytes(post_on_both: Post) -> None:
    post = post_on_both
    (ident,) = post.queue(an_item("k", door="dien-dan"))
    assert post.pass_over(account=None).sent == 1
    (file,) = (post.folder / "tra-loi").iterdir()
    assert file.suffix == ".eml"
    assert file.read_bytes() == post.bytes_of(ident)
    assert post.line(ident).last_reply == "folder"
    assert post.sink.connections == 0


def test_the_same_answer_is_the_same_file_however_often(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    for raw in (b"one", b"one", b"one"):
        lay_down(folder, "<k.0/../\\1:*@quan 3>", raw)
    (file,) = folder.iterdir()
    assert file.name == "k.0_..__1___quan_3.eml"
    assert file.read_bytes() == b"one"
    assert is_laid_down([tmp_path, folder], "<k.0/../\\1:*@quan 3>")
    assert not is_laid_down([folder], "<k.0@quan3>")


def test_a_file_is_whole_and_flushed_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The system's own calls are watched, none is replaced.
    seen: list[str] = []
    flush, rename = os.fsync, Path.replace

    def watched_flush(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        seen.append("folder" if is_folder else "file")
        flush(descriptor)

    def watched_rename(path: Path, target: Path) -> Path:
        seen.append(f"rename {path.read_bytes()!r}")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", watched_flush)
    monkeypatch.setattr(Path, "replace", watched_rename)
    lay_down(tmp_path / "tra-loi", "<a@b>", b"whole")
    assert seen == ["folder", "file", "rename b'whole'", "folder"]


def test_an_answer_that_was_laid_down_before_a_crash_is_found_at_once(
    post: Post,
) -> None:
    (ident,) = post.queue(an_item("k", door="dien-dan"))
    post.pass_over()
    with post.database.write() as connection:
        connection.execute(outbox.update().values(state="unknown", unknowns=1))
        connection.execute(outbox.update().values(unknown_since=post.clock.now()))
    post.pass_over()
    assert post.state(ident) == ("sent", None)


def test_a_folder_that_takes_nothing_keeps_back_its_own_answers_only(
    post: Post,
) -> None:
    (post.folder / "tra-loi").write_text("a file where the folder should be")
    folder, unknown, mail = post.queue(
        an_item("k", door="dien-dan"), an_item("l", door="doi-ten"), *answers(1)
    )
    report = post.pass_over()
    assert (report.sent, report.waiting, report.unreachable) == (1, 2, None)
    assert post.states([folder, unknown, mail]) == [
        ("pending", "temporary"),
        ("pending", "temporary"),
        ("sent", None),
    ]
    assert "tra-loi" in (post.line(folder).last_reply or "")
    assert post.line(unknown).last_reply == "no folder for answers of doi-ten"


@pytest.mark.parametrize("trouble", ["no server", "drop", "pause"])
def test_folders_take_their_answers_whatever_the_mail_server_does(
    post: Post, trouble: str
) -> None:
    mails = post.queue(*answers(3))
    (ident,) = post.queue(an_item("k", door="dien-dan"))
    if trouble == "no server":
        post.account = {"port": 1}
    elif trouble == "drop":
        post.sink.always["CONNECT"] = DROP
    else:
        post.sink.always["RCPT"] = "550 5.4.5 limit"
    assert post.pass_over().sent == 1
    assert post.state(ident) == ("sent", None)
    assert {state for state, _ in post.states(mails)} == {"pending"}
