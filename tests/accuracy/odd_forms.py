"""Works as forms and lists, and the choice among all odd layouts."""

from collections.abc import Callable
from random import Random

from tests.accuracy import odd_tables, wordings
from tests.accuracy.content import FIELDS, PEOPLE, Words
from tests.accuracy.model import Doc, Grid, Lines, Sheet, Truth, Value
from tests.accuracy.odd import KEYS, Odd
from tests.accuracy.offices import Office


def _form(odd: Odd) -> None:
    """One work a document, as numbered headings (DOMAIN.md 2.1, the second form)."""
    draw = odd.random
    odd.title()
    work = odd.work(None, field=None)
    lead = draw.choice(("{}. ", "{}) ", "", "- "))
    name = draw.choice(("Tên mô hình / công trình", "Tên công trình", "Tên mô hình"))
    number, field_name = draw.choice(FIELDS)
    time = [
        f"- Tháng {m}/2021: {draw.choice(('khảo sát', 'ra quân', 'tổng kết'))}"
        for m in (5, 7)
    ]
    method = ["- Nâng cao ý thức người dân", "- Trồng 50 cây xanh"]
    labels: list[tuple[str, list[str]]] = [
        ("Tên đơn vị đăng ký", [odd.office.name]),
        (name, [str(work["title"]).replace("\n", " ")]),
        ("Lĩnh vực đăng ký", [field_name.capitalize()]),
        ("Mục tiêu và nội dung thực hiện", ["", *method]),
        ("Tiến độ thực hiện", ["", *time]),
        (
            "Dự kiến kết quả đạt được",
            [str(work["expected_result"]).replace("\n", "; ")],
        ),
    ]
    if draw.random() < 0.3:
        labels.pop()
        work["expected_result"] = None
    lines: list[str] = []
    for count, (label, texts) in enumerate(labels, 1):
        lines.append(f"{lead.format(count)}{label}: {texts[0]}".strip())
        lines += texts[1:]
    work |= {
        "title": labels[1][1][0],
        "method": "\n".join(method),
        "time": "\n".join(time),
        "field": number,
    }
    if lead == "- ":
        # Dashes part the labels and what belongs to them alike: texts without.
        lines = [line for line in lines if line.startswith("- ") and ":" in line]
        lines = [x for x in lines if not x.startswith("- Tháng")]
        work["method"], work["time"] = "Vận động", "Tháng 6/2021"
        lines = [
            x + " Vận động"
            if x.startswith("- Mục tiêu")
            else x + " Tháng 6/2021"
            if x.startswith("- Tiến độ")
            else x
            for x in lines
        ]
    if work["expected_result"] is not None:
        work["expected_result"] = labels[5][1][0]
    odd.blocks.append(Lines(lines))
    odd.end()
    odd.works.append(work)
    odd.tags.append("no sheet")


def _labels(odd: Odd) -> None:
    """A table of labels and texts, one work."""
    odd.title()
    work = odd.work(None)
    pairs = [
        (odd.random.choice(wordings.TITLE), "title"),
        (odd.random.choice(("Hình thức thực hiện", "Cách thức thực hiện")), "method"),
        (odd.random.choice(("Thời gian thực hiện", "Tiến độ thực hiện")), "time"),
        (odd.random.choice(("Dự kiến kết quả", "Kết quả dự kiến")), "expected_result"),
    ]
    rows: list[list[Value | None]] = [[label, str(work[key])] for label, key in pairs]
    rows.insert(0, ["Tên đơn vị đăng ký", odd.office.name])
    if odd.random.random() < 0.5:
        rows.append(["Người phụ trách", odd.random.choice(PEOPLE)])
    if odd.random.random() < 0.4:
        rows = [[str(i), *row] for i, row in enumerate(rows, 1)]
    odd.blocks.append(Grid(rows, heading_rows=0))
    odd.end()
    odd.works.append(work)


def _labelled_list(odd: Odd) -> None:
    """Works below one another, each with labelled lines."""
    odd.title()
    lines: list[str] = []
    way = odd.random.randrange(2)
    for count in range(1, odd.random.randint(2, 5)):
        work = odd.work(count)
        flat = {k: str(work[k]).replace("\n", "; ") for k in KEYS}
        first = (f"{count}. Tên công trình: ", f"Công trình {count}: ")[way]
        lines += [
            first + flat["title"],
            f"- Hình thức thực hiện: {flat['method'].lstrip('-+ ')}",
            f"- Thời gian thực hiện: {flat['time']}",
            f"- Dự kiến kết quả: {flat['expected_result'].lstrip('-+ ')}",
        ]
        work |= {"title": flat["title"], "time": flat["time"]}
        work["method"] = flat["method"].lstrip("-+ ")
        work["expected_result"] = flat["expected_result"].lstrip("-+ ")
        odd.works.append(work)
    if len(odd.works) < 2 and way == 0:
        odd.tags.append("one item")
    odd.blocks.append(Lines(lines))
    odd.end()
    odd.tags.append("no sheet")


def _bare_list(odd: Odd) -> None:
    odd.title()
    odd.blocks[-1] = Lines(
        ["ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”"], centred=True
    )
    if odd.random.random() < 0.5:
        odd.blocks.append(Lines([f"{odd.office.name} đăng ký các công trình sau:"]))
    lines = []
    for count in range(1, odd.random.randint(3, 7)):
        title = odd.words.title().replace("\n", " ")
        lines.append(f"{count}. {title}")
        odd.works.append(
            {
                "number": str(count),
                "title": title,
                "method": None,
                "time": None,
                "expected_result": None,
            }
        )
    odd.blocks.append(Lines(lines))
    odd.end()
    odd.tags.append("no sheet")


MAKERS: dict[str, Callable[[Odd], None]] = {
    "form": _form,
    "labels": _labels,
    "labelled list": _labelled_list,
    "bare list": _bare_list,
    "one cell": odd_tables.one_cell,
    "group head": odd_tables.group_head,
    "nested": odd_tables.nested,
    "roman": odd_tables.roman,
    "wide": odd_tables.wide,
    "template": odd_tables.template,
    "other form": odd_tables.other_form,
    "export": odd_tables.export,
    "no numbers": odd_tables.no_numbers,
    "two tables": odd_tables.two_tables,
    "parents": odd_tables.parents,
    "long texts": odd_tables.long_texts,
}


def an_odd(random: Random, office: Office, name: str) -> Doc:
    """Return a registration in one of the odd layouts."""
    tag = random.choice(list(MAKERS))
    odd = Odd(random, office, Words(random))
    MAKERS[tag](odd)
    truth = Truth("registration", unit=office.code, provable=odd.provable)
    truth.registrations = odd.works
    if tag == "parents":
        truth.unit = None
    return Doc(name, [Sheet("Sheet1", odd.blocks)], truth, [f"odd: {tag}", *odd.tags])
