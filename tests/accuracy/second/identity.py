"""Mails that name their unit in many ways: python -m tests.accuracy.second.identity.

Prints how often the unit was certain and right, certain and wrong, and the kinds.
"""

# ruff: noqa: E501 - a text is a line, as people write it.

import argparse
import tempfile
from collections import Counter
from dataclasses import dataclass
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from random import Random

from openpyxl import Workbook

from tests.accuracy.second.__main__ import read
from tests.accuracy.second.senders import FOREIGN, UNITS, Body, automatic, other
from tests.accuracy.second.works import WORKS

_PROVEN = (
    "mx.google.com; dkim=pass header.d=gmail.com; spf=pass;"
    " dmarc=pass header.from=gmail.com"
)
_SETTINGS = """\
[[mailboxes]]
name = "gmail"
kind = "imap"
host = "imap.gmail.com"
username = "bandanvanq3@gmail.com"
trusted_authserv_id = "mx.google.com"
[smtp]
host = "smtp.gmail.com"
from = "Ban Dân vận <bandanvanq3@gmail.com>"
"""


@dataclass
class Mail:
    """One mail: its kind, whose it is, and whether it proves that."""

    raw: bytes
    kind: str
    unit: str | None
    proves: bool
    note: str


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.second.identity")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--show", type=int, default=15)
    given = parser.parse_args()
    random = Random(given.seed)
    mails = [_mail(random, number) for number in range(given.count)]
    with tempfile.TemporaryDirectory(prefix="hopthu-identity-") as folder:
        paths = []
        for number, mail in enumerate(mails):
            paths.append(Path(folder) / f"{number:05}.eml")
            paths[-1].write_bytes(mail.raw)
        settings = Path(folder) / "hopthu.toml"
        settings.write_text(_SETTINGS)
        lines = read(paths, settings)
        counts: Counter[str] = Counter()
        shown: Counter[str] = Counter()
        for path, mail in zip(paths, mails, strict=True):
            for fault in _judge(mail, lines.get(str(path)), counts):
                counts[fault] += 1
                shown[fault] += 1
                if shown[fault] <= given.show:
                    print(f"{fault}: {mail.note} {_short(lines.get(str(path)))}")
    print(dict(sorted(counts.items())))
    return 0


def _short(line: dict[str, object] | None) -> str:
    if line is None:
        return "no line"
    keys = ("state", "reason", "kind", "unit")
    candidates = str(line["candidates"])[:160]
    return f"{ {k: line[k] for k in keys} } {candidates}"


def _judge(
    mail: Mail, line: dict[str, object] | None, counts: Counter[str]
) -> list[str]:
    faults = []
    if line is None:
        return ["NO LINE"]
    unit = line["unit"]
    sure = isinstance(unit, dict) and unit["certainty"] == "certain"
    code = unit["code"] if isinstance(unit, dict) else None
    counts["mails"] += 1
    counts["proving"] += mail.proves
    if sure and code != mail.unit:
        faults.append("CERTAIN AND WRONG")
    if mail.proves and not (sure and code == mail.unit):
        faults.append("not certain")
    if line["kind"] != mail.kind:
        faults.append(f"kind of {mail.kind}")
    return faults


def _mail(random: Random, number: int) -> Mail:
    lot = random.random()
    if lot < 0.1:
        return _automatic(random, number)
    if lot < 0.2:
        return _other(random, number)
    if lot < 0.3:
        return _nil(random, number)
    return _table(random, number)


def _message(number: int, subject: str, sender: str = "Van thu") -> EmailMessage:
    mail = EmailMessage()
    mail["Authentication-Results"] = _PROVEN
    mail["From"] = f"{sender} <vanthu{number}@gmail.com>"
    mail["To"] = "bandanvanq3@gmail.com"
    mail["Subject"] = subject
    mail["Date"] = "Mon, 07 Jun 2021 08:12:44 +0700"
    mail["Message-ID"] = f"<{number}.second@mail.gmail.com>"
    return mail


def _automatic(random: Random, number: int) -> Mail:
    subject, text, headers = random.choice(automatic())
    mail = _message(number, subject)
    for name, value in headers:
        del mail[name]
        mail[name] = value
    mail.set_content(text)
    return Mail(mail.as_bytes(), "automatic", None, False, f"{subject!r} {headers}")


def _other(random: Random, number: int) -> Mail:
    unit = random.choice(UNITS)
    subject, text, kind = random.choice(other())
    subject, text = (
        t.replace("{u}", random.choice(unit.names)) for t in (subject, text)
    )
    mail = _message(number, subject)
    mail.set_content(text)
    return Mail(mail.as_bytes(), kind, None, False, f"{subject!r} {text!r}"[:200])


def _nil(random: Random, number: int) -> Mail:
    unit = random.choice(UNITS)
    name = random.choice(unit.names)
    subject = random.choice(
        [
            f"{name} - đăng ký công trình",
            "V/v đăng ký công trình",
            f"Phúc đáp KH 41 - {name}",
        ]
    )
    text = random.choice(
        [
            f"Kính gửi Ban Dân vận,\n{name} không có công trình đăng ký.\nTrân trọng.",
            f"{name} không đăng ký công trình năm 2021.",
            "Kính gửi Ban Dân vận Quận ủy,\nNăm 2021 đơn vị không có công trình nào đăng ký"
            " thực hiện “Việc có ý nghĩa giúp dân”.\nTrân trọng kính chào.",
            f"Hiện nay {name} không có công trình, mô hình nào đăng ký.",
            "Đơn vị không đăng ký công trình.\nNgười gửi: Lan",
        ]
    )
    mail = _message(number, subject)
    mail.set_content(text)
    return Mail(mail.as_bytes(), "nil", unit.code, False, repr(text)[:160])


def _table(random: Random, number: int) -> Mail:
    foreign = random.random() < 0.12
    unit: Body = random.choice(FOREIGN if foreign else UNITS)
    name = random.choice(unit.names)
    kind = random.choice(["registration", "registration", "results"])
    subject = random.choice(_SUBJECTS[kind]).replace("{u}", name)
    file = random.choice(_FILES).replace("{u}", random.choice(unit.files))
    body = random.choice(_BODIES).replace("{u}", random.choice(unit.names))
    head = random.choice(unit.heads)
    mail = _message(number, subject, random.choice(["Van thu", name, "Lê Thị Thu Hà"]))
    mail.set_content(body)
    table, signed = _book(random, unit, head, kind)
    mail.add_attachment(
        table,
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        filename=file,
    )
    second = "{u}" in "".join([*_named(subject, unit), *_named(body, unit)])
    proves = not foreign and bool(head or signed) and second
    note = f"{unit.code} {subject!r} {file!r} {body!r} {head}"
    return Mail(
        mail.as_bytes(), kind, None if foreign else unit.code, proves, note[:300]
    )


def _named(text: str, unit: Body) -> list[str]:
    return ["{u}"] if any(name in text for name in unit.names) else []


def _book(
    random: Random, unit: Body, head: list[tuple[str, str]], kind: str
) -> tuple[bytes, bool]:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for left, right in head:
        sheet.append([left, None, None, right])
    sheet.append([])
    if kind == "results":
        sheet.append(["BÁO CÁO KẾT QUẢ THỰC HIỆN CÔNG TRÌNH"])
        sheet.append(["STT", "Tên công trình", "Kết quả thực hiện"])
    else:
        sheet.append(["BẢNG ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”"])
        sheet.append(
            [
                "STT",
                "Tên công trình",
                "Hình thức thực hiện",
                "Thời gian thực hiện",
                "Dự kiến kết quả",
            ]
        )
    for n in range(1, random.randint(2, 4)):
        title, method, time, expected, result = random.choice(WORKS)
        row = (
            [n, title, result]
            if kind == "results"
            else [n, title, method, time, expected]
        )
        sheet.append(row)
    signed = bool(unit.signatures) and (not head or random.random() < 0.5)
    if signed:
        sheet.append([])
        for line in random.choice(unit.signatures):
            sheet.append([None, None, None, line])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue(), signed


_SUBJECTS = {
    "registration": [
        "{u} gửi bảng đăng ký",
        "Bảng đăng ký công trình - {u}",
        "{u}_DK cong trinh VCYNGD",
        "Đăng ký VCYNGD",
        "V/v đăng ký công trình “Việc có ý nghĩa giúp dân” của {u}",
        "Fwd: Re: {u} đăng ký theo KH 41-KH/QU",
        "(bản chính thức) {u} - đăng ký",
        "",
        "{u}",
        "Kính gửi Ban Dân vận bảng đăng ký",
        "Gửi lại file {u}",
    ],
    "results": [
        "{u} báo cáo kết quả",
        "Báo cáo kết quả thực hiện công trình - {u}",
        "BC kết quả VCYNGD",
        "{u} gửi báo cáo KH 41",
        "",
    ],
}
_FILES = [
    "{u}.xlsx",
    "Dang ky {u}.xlsx",
    "BANG_DANG_KY_{u}_Final.xlsx",
    "bang dang ky.xlsx",
    "1. {u} - VCYNGD (ky ten).xlsx",
    "Book1.xlsx",
    "20210607 {u}.xlsx",
]
_BODIES = [
    "",
    "Kính gửi Ban Dân vận Quận ủy,\n{u} gửi bảng theo Kế hoạch 41-KH/QU.\nTrân trọng.",
    "Dạ em gửi chị bảng của {u} ạ. Em cảm ơn chị.",
    "Em gửi file.",
    "Kính gửi: Ban Dân vận Quận ủy Quận 3\n{u} xin gửi file đính kèm.\n--\nVăn thư {u}\n"
    "ĐT: 028 3930 1234",
]


if __name__ == "__main__":
    main()
