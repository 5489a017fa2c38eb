"""A bench that cannot say that rows are wrong says nothing about speed."""

import csv
from pathlib import Path

import mailparser
import pytest

from tests.benchmarks import corpus
from tests.benchmarks.marks import Mark, Scale, figure, table
from tests.benchmarks.naive import COLUMNS, table_of
from tests.benchmarks.place import WrongError
from tests.benchmarks.proof import prove


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> corpus.Corpus:
    return corpus.make(tmp_path_factory.mktemp("corpus"), 2 * len(corpus.KINDS))


def written(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["unit", *COLUMNS], *rows])
    return path


def sent(mails: corpus.Corpus) -> list[list[str]]:
    return [[mail.unit, *row] for mail in mails.mails for row in mail.rows]


def test_the_rows_that_were_sent_are_right(
    mails: corpus.Corpus, tmp_path: Path
) -> None:
    prove(written(tmp_path / "rows.csv", sent(mails)), "unit", mails.mails)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.pop(),
        lambda rows: rows.append(rows[0]),
        lambda rows: rows[0].__setitem__(0, rows[-1][0]),
        lambda rows: rows[3].__setitem__(2, "khác"),
    ],
    ids=["missing", "twice", "of another unit", "another title"],
)
def test_a_wrong_row_is_told(
    mails: corpus.Corpus, tmp_path: Path, change: object
) -> None:
    rows = sent(mails)
    assert callable(change)
    change(rows)
    with pytest.raises(WrongError):
        prove(written(tmp_path / "rows.csv", rows), "unit", mails.mails)


def test_the_yardstick_reads_every_kind_of_the_corpus(mails: corpus.Corpus) -> None:
    for mail in mails.mails:
        read = mailparser.parse_from_bytes(mails.raw(mail))
        assert table_of(read) == [list(row) for row in mail.rows], mail.kind


def test_a_corpus_is_the_same_whenever_it_is_made(
    mails: corpus.Corpus, tmp_path: Path
) -> None:
    again = corpus.make(tmp_path, len(mails.mails))
    assert [again.raw(m) for m in again.mails] == [mails.raw(m) for m in mails.mails]
    other = corpus.make(tmp_path / "other", 4, seed=2)
    assert other.raw(other.mails[0]) != mails.raw(mails.mails[0])


def test_a_mail_of_the_corpus_sent_again_is_another_mail(mails: corpus.Corpus) -> None:
    count = 3 * len(mails.mails)
    assert len({raw for raw, _ in corpus.variants(mails, count)}) == count


def test_figures_stand_with_their_range_in_one_table(tmp_path: Path) -> None:
    assert figure([3.0, 1.0, 2.0], " times") == ("2.0 times", "1.0-3.0")
    assert figure([3.0]) == ("3.0", "")
    assert "2.0 times  1.0-3.0" in table([Mark("7", "x", "", "2.0 times", "1.0-3.0")])
    assert Scale(tmp_path, full=True).pick(300, 60, 2000) == 2000
    assert Scale(tmp_path, quick=True).pick(300, 60, 2000) == 60
    assert Scale(tmp_path).pick(300, 60, 2000) == 300
