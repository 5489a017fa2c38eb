"""Exit codes and what is said: wrong usage, faulty configuration, closed doors."""

import contextlib
import io
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.commands.arguments import COMMANDS, parse
from tests.acceptance.world import (
    NOW,
    ROOT,
    World,
    a_world,
    environment,
    imap,
    run,
    smtp,
)
from tests.neighbours.dovecot import Dovecot

#: Commands of later issues: what does not work is not listed.
LATER = ("backup", "restore", "init", "oauth", "campaign")


def _vietnamese(text: str) -> bool:
    return any(ord(letter) > 127 for letter in text)


@contextlib.contextmanager
def _counting() -> Iterator[list[int]]:
    """Yield a port that nobody may connect to, and who did."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        port, seen = server.getsockname()[1], [0]
        seen[0] = port
        yield seen
        with contextlib.suppress(TimeoutError):
            server.accept()
            seen.append(1)


def test_help_lists_what_works_and_nothing_else(tmp_path: Path) -> None:
    ran = run(tmp_path, "--help")
    listed = {line.split()[0] for line in ran.out.splitlines() if line[:4] == "    "}

    assert ran.code == 0
    assert set(COMMANDS) <= listed
    assert not listed & set(LATER)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself_in_english(command: str) -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), pytest.raises(SystemExit) as ended:
        parse([command, "--help"])

    assert ended.value.code == 0
    assert f"hopthu {command}" in out.getvalue()
    assert not _vietnamese(out.getvalue())


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nothing",),
        ("show",),
        ("messages", "--state", "lost"),
        ("outbox", "show", "first"),
        ("ingest",),
        ("export", "everything", "x.csv"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_said_in_vietnamese(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(words)
    said = capsys.readouterr()

    assert ended.value.code == 2
    assert said.out == ""
    assert said.err.startswith("Lệnh không đúng")


def test_every_fault_is_told_at_once_and_nothing_is_connected_to(
    tmp_path: Path,
) -> None:
    secret = "mat-khau-rat-bi-mat"
    with _counting() as seen:
        world = a_world(tmp_path, more=smtp(seen[0]))
        text = world.configuration.read_text("utf-8")
        door = imap(seen[0], "u", tmp_path).replace('"none"', '"nine"')
        (tmp_path / "units.csv").write_text("code,name,category\nA,B,xa\n", "utf-8")
        world.configuration.write_text(
            f'tiemzone = "x"\n{text}{door}password = "{secret}"\n'
            '[limits]\nrows = "many"\n[trust]\nfirst_contact = "maybe"\n',
            "utf-8",
        )
        ran = world.run("poll", environ={"HOPTHU_SMTP__COLOUR": "red"})

    keys = ("tiemzone", "security", "rows", "first_contact", "HOPTHU_SMTP__COLOUR")
    assert (ran.code, ran.out, seen[1:]) == (2, "", [])
    for key in (*keys, "password", "units.csv"):
        assert key in ran.err, ran.err
    for value in ("nine", "many", "maybe"):
        assert value in ran.err
    assert secret not in ran.err
    assert _vietnamese(ran.err)
    assert not world.database.exists()


def test_a_configuration_that_is_not_there_is_named(tmp_path: Path) -> None:
    named = run(tmp_path, "--config", tmp_path / "none.toml", "status")
    told = run(tmp_path, "status", environ={"HOPTHU_CONFIG": str(tmp_path / "no.toml")})

    assert (named.code, told.code) == (2, 2)
    assert "none.toml" in named.err
    assert "no.toml" in told.err


def test_the_clock_can_be_told_and_must_be_clear(tmp_path: Path) -> None:
    world = a_world(tmp_path, more=smtp(1))
    told = world.run(
        "status", "--json", now=None, environ={"HOPTHU_NOW": "2021-06-09T01:00:00Z"}
    )
    vague = world.run("status", now="2021-06-08T09:00:00")

    assert told.json("status")["as_of"] == "2021-06-09T08:00:00+07:00"
    assert (vague.code, vague.out) == (2, "")
    assert "2021-06-08T09:00:00" in vague.err


def test_values_come_from_the_environment_too(tmp_path: Path) -> None:
    world = a_world(tmp_path, more=smtp(1))
    elsewhere = tmp_path / "elsewhere.db"
    environ = {"HOPTHU_DATABASE": f"sqlite:///{elsewhere}", "HOPTHU_TIMEZONE": "UTC"}
    ran = world.run("status", "--json", environ=environ)

    assert ran.json("status")["as_of"] == "2021-06-08T02:00:00+00:00"
    assert elsewhere.exists()
    assert not world.database.exists()


@pytest.fixture
def lost(tmp_path: Path) -> World:
    """An office whose database cannot be made: its folder is a file."""
    world = a_world(tmp_path, more=smtp(1))
    text = world.configuration.read_text("utf-8")
    (tmp_path / "file").write_text("")
    broken = text.replace("/hopthu.db", "/file/hopthu.db")
    world.configuration.write_text(broken, "utf-8")
    return world


def test_no_database_is_exit_code_three_and_a_sentence(lost: World) -> None:
    status = lost.run("status", "--json")
    check = lost.run("check", "--json")
    checks = {c["name"]: c["ok"] for c in check.json("check")["checks"]}

    assert (status.code, status.out) == (3, "")
    assert status.err.startswith("Không mở được cơ sở dữ liệu")
    assert check.code == 3
    assert checks["database"] is False
    assert checks["configuration"] is True


def test_run_goes_on_trying_until_it_is_told_to_stop(lost: World) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "daemon", "--config", lost.configuration, "run"],
        cwd=ROOT,
        env=environment(lost.home),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        for _ in range(2):
            assert "cơ sở dữ liệu" in process.stderr.readline()
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        start = time.monotonic()
        assert process.wait(10) == 0
        assert time.monotonic() - start < 10
    finally:
        process.kill()
        process.communicate()


def test_a_closed_door_is_exit_code_three_and_what_works_is_done(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not-this")
    wrong.chmod(0o600)
    refused = imap(dovecot.port, user, tmp_path).replace('"gmail"', '"refused"')
    refused = refused.replace(f"{tmp_path}/password", str(wrong))
    gone = imap(1, user, tmp_path).replace('"gmail"', '"gone"')
    world = a_world(tmp_path, doors=refused + gone, more=smtp(1))
    poll = world.run("poll")
    reconcile = world.run("reconcile", "--json")
    check = world.run("check", "--json")
    checks = {c["name"]: c["ok"] for c in check.json("check")["checks"]}

    assert [poll.code, reconcile.code, check.code] == [3, 3, 3]
    assert "Không vào được hộp thư refused" in poll.err
    assert "Không vào được hộp thư gone" in poll.err
    assert "not-this" not in poll.err + check.out + check.err
    assert reconcile.json("reconcile")["complete"] is False
    assert (checks["mailbox refused"], checks["mailbox gone"]) == (False, False)
    assert checks["database"] is True
    assert checks["smtp"] is False
    assert NOW[:10] in reconcile.out
