"""Pages of long lists: what is on them, and what is found without its accents."""

from datetime import timedelta

import pytest

from storage.database import Database
from storage.pages import MailFilter, Slice, message_page
from tests.builders.decisions import NOW, a_recorded_message

SUBJECTS = (
    "Đảng ủy Phường 9 gửi bảng đăng ký",
    "DANG UY PHUONG 10 - dang ky",
    "Ưu đãi máy in [50%] *giảm* ^giá^ a\\b",
    "Kết quả quý II",
)


@pytest.fixture
def ids(database: Database) -> list[int]:
    with database.write() as connection:
        return [
            a_recorded_message(
                connection,
                NOW + timedelta(minutes=place),
                subject=subject,
                author=f"nguoi{place}@quan3.example",
                state="held" if place == 3 else "ignored",
                reason="unit_unknown" if place == 3 else "own",
            )
            for place, subject in enumerate(SUBJECTS)
        ]


def found(database: Database, wanted: MailFilter) -> list[int]:
    with database.read() as connection:
        lines, total = message_page(connection, wanted, Slice(0, 50))
    assert total == len(lines)
    return sorted(line.id for line in lines)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("dang", [0, 1]),
        ("ĐẢNG ỦY", [0]),
        ("Dang Uy Phuong", [0, 1]),
        ("đăng ký", [0]),
        ("uu dai", [2]),
        ("[50%]", [2]),
        ("*giam*", [2]),
        ("^gia^", [2]),
        ("a\\b", [2]),
        ("NGUOI3@quan3", [3]),
        ("khong co", []),
    ],
)
def test_a_text_is_found_without_its_case_and_accents(
    database: Database, ids: list[int], text: str, places: list[int]
) -> None:
    # What is no letter stands for any one sign.
    assert found(database, MailFilter(text=text)) == [ids[p] for p in places]


def test_filters_are_all_held(database: Database, ids: list[int]) -> None:
    assert found(database, MailFilter(state="held")) == [ids[3]]
    assert found(database, MailFilter(reason="own", text="may in")) == [ids[2]]
    assert found(database, MailFilter(state="held", reason="own")) == []


def test_the_newest_come_first_a_page_at_a_time(
    database: Database, ids: list[int]
) -> None:
    with database.read() as connection:
        first, total = message_page(connection, MailFilter(), Slice(0, 3))
        second, _ = message_page(connection, MailFilter(), Slice(3, 3))
    assert total == 4
    assert [x.id for x in (*first, *second)] == ids[::-1]
