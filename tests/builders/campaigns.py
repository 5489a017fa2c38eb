"""Plans and units that fill in whatever a test does not name."""

from dataclasses import replace
from datetime import date

from parsers.values.campaign import Campaign, Category, Column, Phase
from parsers.values.unit import Unit


def a_campaign(number: str = "41-KH/QU", **named: object) -> Campaign:
    """Return a plan with three categories and both phases."""
    made = Campaign(
        number=number,
        title="Việc có ý nghĩa giúp dân",
        period=(date(2021, 5, 1), date(2021, 10, 31)),
        phases=(
            Phase("registration", date(2021, 5, 1), date(2021, 6, 10)),
            Phase("results", date(2021, 9, 1), date(2021, 10, 5)),
        ),
        categories=(
            Category("phong_ban", "Phòng ban, trường học", 1),
            Category("doan_the", "Mặt trận, đoàn thể", 2),
            Category("phuong", "Phường", 10),
        ),
        columns=(Column("title", "Tên công trình", required=True),),
    )
    return replace(made, **named)  # type: ignore[arg-type]


def a_unit(code: str = "P09", category: str = "phuong", **named: object) -> Unit:
    """Return a unit of the file, without address unless named."""
    return replace(Unit(code, f"Đơn vị {code}", category), **named)  # type: ignore[arg-type]
