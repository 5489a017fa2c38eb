"""The judge of pictures itself, on rows by hand."""

from typing import Any

from tests.accuracy.model import Truth
from tests.accuracy.pictures.judge import judged

_WORK = {
    "number": "1",
    "title": "Sửa chữa 5 căn nhà",
    "method": "Vận động",
    "time": "T5",
}


def _line(*rows: dict[str, Any], certainty: float = 0.95) -> dict[str, Any]:
    full = [
        {"cells": dict.fromkeys(row, certainty), "certainty": certainty, **row}
        for row in rows
    ]
    return {
        "kind": "registration",
        "message": None,
        "state": "processed",
        "unit": None,
        "confirmation": "signed",
        "registrations": full,
        "results": [],
    }


def _truth(*rows: dict[str, object]) -> Truth:
    return Truth("registration", list(rows))


def test_a_line_break_of_the_paper_is_no_error() -> None:
    read = {**_WORK, "title": "Sửa chữa 5\ncăn nhà"}
    score = judged(_truth(_WORK), "signed", 1, _line(read))
    assert (score.exact, score.as_typed, score.wrong_letters) == (4, 3, 0)


def test_one_wrong_mark_is_one_wrong_letter_and_a_wrong_cell() -> None:
    read = {**_WORK, "method": "Vận đông"}
    score = judged(_truth(_WORK), "signed", 1, _line(read))
    assert (score.exact, score.wrong_letters) == (3, 1)
    assert (score.sure, score.sure_wrong) == (4, 1)


def test_what_is_said_to_be_doubtful_is_not_sure_and_wrong() -> None:
    read = {**_WORK, "method": "Vận đông"}
    score = judged(_truth(_WORK), "signed", 1, _line(read, certainty=0.6))
    assert (score.sure, score.sure_wrong) == (0, 0)


def test_a_row_too_many_is_invented_and_a_row_too_few_is_missed() -> None:
    other = {"number": "2", "title": "ATM gạo", "method": "", "time": "Quý III"}
    score = judged(_truth(_WORK), "signed", 1, _line(other))
    assert (score.missed, score.invented, score.lost_cells) == (1, 1, 4)


def test_rows_of_pages_out_of_order_are_found() -> None:
    other = {"number": "2", "title": "ATM gạo", "method": "", "time": "Quý III"}
    score = judged(_truth(_WORK, other), "signed", 2, _line(other, _WORK))
    assert (score.missed, score.invented) == (0, 0)


def test_a_file_of_which_nothing_was_printed_lost_its_rows() -> None:
    score = judged(_truth(_WORK), "signed", 1, None)
    assert (score.unread, score.missed, score.asked) == (1, 1, 4)
