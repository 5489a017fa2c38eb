"""Forms to be filled in: ward 9's of the shipped plan, but for what a test names."""

from datetime import date
from typing import Any

from parsers.values.form import FormCell, FormColumn, FormFacts

HEADINGS = {
    "number": "STT",
    "title": "Tên công trình",
    "method": "Hình thức thực hiện",
    "time": "Thời gian thực hiện",
    "expected_result": "Dự kiến kết quả (hiệu quả, số lượng đạt được)",
}


def a_form(*rows: tuple[str, ...], **named: Any) -> FormFacts:
    columns = tuple(FormColumn(key, text, True) for key, text in HEADINGS.items())
    usual: dict[str, Any] = {
        "campaign": "41-KH/QU",
        "title": "Thực hiện mô hình “Việc có ý nghĩa giúp dân”",
        "phase": "registration",
        "columns": columns,
        "deadline": date(2021, 6, 9),
        "unit": "P09",
        "unit_name": "Phường 9",
        "quota": 10,
        "rows": tuple(tuple(FormCell(text) for text in row) for row in rows),
    }
    return FormFacts(**{**usual, **named})
