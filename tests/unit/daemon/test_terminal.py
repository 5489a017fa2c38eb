"""What strangers wrote is shown; it steers nothing."""

import pytest

from daemon.commands.terminal import say, show_lines, show_table

STEERING = "P.9\x1b[2J\x1b]0;x\x07\x9b1A\u202e"


def test_no_stranger_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show_lines([f"a\t{STEERING}\nb"])
    show_table(["head_name"], [[STEERING]])
    say("path_missing", path=STEERING)
    told = "".join(capsys.readouterr())
    assert told.count("P.9") == 3
    assert "a\tP.9" in told
    assert all(c.isprintable() or c in "\n\t" for c in told)
