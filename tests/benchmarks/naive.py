"""The yardstick: the straightforward durable loop, one mail after another.

    python -m tests.benchmarks.naive PORT USER FOLDER [LIMIT]

Fetches by imapclient, keeps each mail in a flushed file, cuts it by mail-parser, reads
by openpyxl, python-docx or lxml, commits by the ORM, marks it seen. It identifies
nobody and decides nothing. Rows go to FOLDER/rows.csv, a JSON line says what it cost.
"""

import base64
import csv
import hashlib
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import imapclient
import lxml.html
import mailparser
from openpyxl import load_workbook
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from tests.neighbours.dovecot import PASSWORD

COLUMNS = ("number", "title", "method", "time", "expected_result")
Grid = Iterable[list[str]]


class Base(DeclarativeBase):
    pass


class Mail(Base):
    __tablename__ = "mail"
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    sender: Mapped[str]
    subject: Mapped[str]
    sent: Mapped[datetime]
    digest: Mapped[str]
    path: Mapped[str]
    rows: Mapped[list["Row"]] = relationship()


class Row(Base):
    __tablename__ = "row"
    id: Mapped[int] = mapped_column(primary_key=True)
    mail_id: Mapped[int] = mapped_column(ForeignKey("mail.id"))
    number: Mapped[str]
    title: Mapped[str]
    method: Mapped[str]
    time: Mapped[str]
    expected_result: Mapped[str]


def grid_of_book(payload: bytes) -> Grid:
    for sheet in load_workbook(io.BytesIO(payload), data_only=True):
        for line in sheet.iter_rows(values_only=True):
            yield ["" if value is None else str(value) for value in line]


def grid_of_paper(payload: bytes) -> Grid:
    for table in docx.Document(io.BytesIO(payload)).tables:
        for line in table.rows:
            yield [cell.text for cell in line.cells]


def grid_of_page(page: str) -> Grid:
    for line in lxml.html.fromstring(page).iter("tr"):
        yield ["".join(map(str, cell.itertext())) for cell in line.iter("td", "th")]


def rows_of(grid: Grid) -> list[list[str]]:
    """Return the numbered lines below the line that begins with STT."""
    found: list[list[str]] = []
    headed = False
    for line in grid:
        cells = [cell.strip() for cell in line[:5]]
        headed = headed or cells[0].upper() == "STT"
        if headed and len(cells) == 5 and cells[0].isdigit():
            found.append(cells)
    return found


READERS: dict[str, Callable[[bytes], Grid]] = {
    "spreadsheetml.sheet": grid_of_book,
    "wordprocessingml.document": grid_of_paper,
}


def table_of(mail: Any) -> list[list[str]]:
    for attachment in mail.attachments:
        for ending, read in READERS.items():
            if attachment["mail_content_type"].endswith(ending):
                return rows_of(read(base64.b64decode(attachment["payload"])))
    for page in mail.text_html:
        found = rows_of(grid_of_page(page))
        if found:
            return found
    return []


def keep(path: Path, raw: bytes) -> None:
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def loop(client: imapclient.IMAPClient, folder: Path, limit: int) -> int:
    engine = create_engine(f"sqlite:///{folder}/naive.db")
    Base.metadata.create_all(engine)
    client.select_folder("INBOX")
    uids = client.search("UNSEEN")[:limit]
    for uid in uids:
        raw = client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]
        path = folder / "raw" / f"{uid}.eml"
        keep(path, raw)
        read = mailparser.parse_from_bytes(raw)
        rows = [Row(**dict(zip(COLUMNS, r, strict=True))) for r in table_of(read)]
        with Session(engine) as session:
            mail = Mail(
                message_id=read.message_id,
                sender=read.from_[0][1],
                subject=read.subject,
                sent=read.date or datetime.now(UTC),
                digest=hashlib.sha256(raw).hexdigest(),
                path=str(path),
                rows=rows,
            )
            session.add(mail)
            session.commit()
        client.add_flags([uid], [b"\\Seen"])
    return len(uids)


def write_rows(folder: Path) -> None:
    engine = create_engine(f"sqlite:///{folder}/naive.db")
    with Session(engine) as session, (folder / "rows.csv").open("w") as file:
        writer = csv.writer(file)
        writer.writerow(["message_id", *COLUMNS])
        for mail in session.scalars(select(Mail)):
            for row in mail.rows:
                cells = [getattr(row, name) for name in COLUMNS]
                writer.writerow([mail.message_id, *cells])


def main(port: int, user: str, folder: Path, limit: int = sys.maxsize) -> None:
    (folder / "raw").mkdir(parents=True)
    with imapclient.IMAPClient("127.0.0.1", port, ssl=False) as client:
        client.login(user, PASSWORD)
        # What was loaded before is not the loop's cost.
        start, before = time.perf_counter(), time.process_time()
        mails = loop(client, folder, limit)
        wall, cpu = time.perf_counter() - start, time.process_time() - before
    write_rows(folder)
    print(json.dumps({"mails": mails, "wall": wall, "cpu": cpu}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), *map(int, sys.argv[4:]))
