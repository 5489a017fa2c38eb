"""The measure itself: what counts as missed, invented, certain and wrong."""

from typing import Any

from tests.accuracy.judge import judged
from tests.accuracy.model import Truth


def _row(number: str, title: str, **named: Any) -> dict[str, Any]:
    row = {"number": number, "title": title, "method": "m", "time": "t"}
    return row | {"expected_result": "e", "certainty": 1.0, "cells": {}} | named


def _line(*rows: dict[str, Any], **named: Any) -> dict[str, Any]:
    line = {"registrations": list(rows), "results": [], "findings": [], "unit": None}
    return line | {"state": "processed", "kind": "registration"} | named


def _truth(*titles: str) -> Truth:
    truth = Truth("registration")
    for count, title in enumerate(titles, 1):
        row = _row(str(count), title)
        truth.registrations.append({k: row[k] for k in list(row)[:5]})
    return truth


def test_rows_are_paired_in_their_order() -> None:
    score = judged(_truth("a", "b", "c"), _line(_row("1", "a"), _row("3", "c")))
    assert (score.rows, score.missed, score.invented) == (3, 1, 0)
    assert (score.cells, score.exact) == (15, 10)


def test_a_wrong_cell_counts_by_its_own_certainty() -> None:
    wrong = _row("1", "a", time="x", cells={"time": 0.9}, certainty=0.9)
    assert judged(_truth("a"), _line(wrong)).certain_wrong == 0
    sure = _row("1", "a", time="x", cells={"time": 1.0})
    assert judged(_truth("a"), _line(sure)).certain_wrong == 1


def test_a_file_that_no_reader_reads_is_unread_and_no_failure() -> None:
    line = _line(findings=[{"code": "type_unsupported"}])
    score = judged(_truth("a"), line)
    assert (score.unread, score.rows) == (1, 0)


def test_a_unit_that_is_certain_and_wrong_is_counted() -> None:
    unit = {"code": "P10", "certainty": "certain"}
    truth = _truth("a")
    truth.unit = "P01"
    score = judged(truth, _line(_row("1", "a"), unit=unit))
    assert score.unit_certain_wrong == 1
