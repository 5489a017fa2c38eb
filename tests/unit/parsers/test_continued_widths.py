"""A further table without heading that has fewer columns than the one before."""

from tests.builders.tables import a_table, recognised, titles

_HEAD = ("STT", "Hình thức thực hiện", "Thời gian", "Kết quả dự kiến", "Tên công trình")


def test_a_narrower_table_below_the_works_is_no_part_of_them() -> None:
    # The number column may lie beyond the narrow table's last one.
    head = (*_HEAD[1:], _HEAD[0])
    works = a_table(
        head,
        ("Vận động", "Tháng 6", "01 hẻm", "Hẻm văn minh", "1"),
        ("Ra quân", "Tháng 7", "02 đường", "Đường sạch", "2"),
    )
    narrow = a_table(("a", "b"), ("c", "d"))
    assert titles(recognised(works, narrow)) == ["Hẻm văn minh", "Đường sạch"]
