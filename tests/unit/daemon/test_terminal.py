"""What strangers wrote is shown; it steers nothing."""

import pytest

from daemon.commands.terminal import Doubted, say, show_lines, show_table

STEERING = "P.9\x1b[2J\x1b]0;x\x07\x9b1A\u202e"


def test_no_stranger_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show_lines([f"a\t{STEERING}\nb"])
    show_table(["head_name"], [[STEERING]])
    say("path_missing", path=STEERING)
    told = "".join(capsys.readouterr())
    assert told.count("P.9") == 3
    assert "a\tP.9" in told
    assert all(c.isprintable() or c in "\n\t" for c in told)


def test_a_doubtful_cell_says_how_doubtful_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_table(["head_title", "head_time"], [[Doubted("Sổ tay", 0.9), "Tháng 6"]])
    told = capsys.readouterr().out
    assert "Sổ tay [chắc 0.90]" in told
    assert told.count("[") == 1
