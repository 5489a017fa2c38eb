"""Write documents as mails: a table in the body, or attached; built by the library."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from random import Random

from tests.accuracy.model import Doc
from tests.accuracy.words import as_html, as_text

_GREETINGS = (
    "Kính gửi Ban Dân vận Quận ủy,",
    "Kính gửi: Ban Dân vận\n\nĐơn vị gửi nội dung như sau:",
    "Dear anh chị,",
    "",
)
_FAREWELLS = (
    "Trân trọng./.",
    "Trân trọng kính chào!\n--\nNguyễn Thị Hoa\nVăn thư",
    "Cảm ơn anh chị.\n\nSent from my iPhone",
    "",
)
_SUBJECTS = {
    "registration": (
        "Đăng ký công trình VCYNGD",
        "V/v đăng ký công trình",
        "Bảng đăng ký",
    ),
    "results": ("Báo cáo kết quả VCYNGD", "Báo cáo kết quả thực hiện"),
    "other": ("Gửi văn bản", "Fwd: tài liệu", ""),
}


def mails(docs: list[Doc], folder: Path, random: Random) -> "Iterator[object]":
    """Yield each document in the body of a mail, as HTML or as text from Excel."""
    from tests.accuracy.samples import Sample

    folder.mkdir(parents=True, exist_ok=True)
    for doc in docs:
        mail = _mail(doc, random)
        # Text has no merges: what they cover is not there to be read.
        rich = random.random() < 0.5 or {"shared time", "parent's list"} & set(doc.tags)
        greeting, farewell = random.choice(_GREETINGS), random.choice(_FAREWELLS)
        if rich:
            mail.set_content("Xem thư ở dạng HTML.")
            body = as_html(doc, random, page=False)
            lines = [f"<div>{g}</div>" for g in greeting.split("\n")]
            ends = [f"<div>{f}</div>" for f in farewell.split("\n")]
            mail.add_alternative("".join([*lines, body, *ends]), subtype="html")
        else:
            mail.set_content(
                f"{greeting}\n\n{as_text(doc, random)}\n\n{farewell}\n",
                cte=random.choice(("8bit", "base64", "quoted-printable")),
            )
        path = folder / f"{doc.name}.eml"
        path.write_bytes(mail.as_bytes())
        writer = "stdlib mail, html body" if rich else "stdlib mail, text body"
        yield Sample(path, writer, replace(doc.truth, provable=False), doc.tags)


def _mail(doc: Doc, random: Random) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Văn thư <vanthu.donvi@gmail.com>"
    mail["To"] = "bandanvanq3@gmail.com"
    mail["Subject"] = random.choice(_SUBJECTS[doc.truth.kind])
    mail["Date"] = "Tue, 08 Jun 2021 09:00:00 +0700"
    mail["Message-ID"] = f"<{doc.name}.{random.randrange(10**9)}@mail.gmail.com>"
    return mail
