"""The child that looks at the pages of one attachment, and ends with it.

It reads the payload from a descriptor and answers page by page; it touches no file but
the weights of its recognisers, and no network.
"""

import gc
import os
import socket
import sys

import msgspec

from daemon.workbench.jobs import (
    BEGIN,
    DONE,
    KEEP,
    RAISED,
    READ,
    ChildGoneError,
    Sitting,
    receive_order,
    send_frame,
)
from daemon.workbench.walls import (
    PICTURE_SPACE,
    allow_processor,
    build_walls,
    die_with_parent,
    give_way,
)
from parsers.errors import (
    LimitExceededError,
    ParserError,
    ProgramMissingError,
)
from parsers.readers.picture.parts import missing_parts
from parsers.values.scan import Nothing, ScannedPage


def main() -> int:
    """Look at the pages of one order; what cannot be looked at is an answer too."""
    die_with_parent()
    give_way()
    sock = socket.socket(fileno=os.dup(0))
    try:
        order, descriptor = receive_order(sock)
    except ChildGoneError:
        return 0
    sitting = msgspec.json.decode(order, type=Sitting)
    if descriptor is None:
        return 2
    with open(descriptor, "rb") as file:
        payload = file.read(sitting.length)
    absent = missing_parts()
    if absent:
        send_frame(sock, RAISED, 0, ", ".join(absent).encode())
        return 0
    try:
        _sit(sock, sitting, payload)
    except ProgramMissingError as error:
        send_frame(sock, RAISED, 0, str(error).encode("utf-8", "replace"))
        return 0
    send_frame(sock, DONE, 0, b"")
    return 0


def _sit(sock: socket.socket, sitting: Sitting, payload: bytes) -> None:
    # They are large, and only this child may hold them.
    from parsers.readers.picture.chain import read_page
    from parsers.readers.picture.pages import pixels_of
    from parsers.readers.picture.shown import shown

    build_walls(PICTURE_SPACE)
    for number in sitting.pages:
        allow_processor(sitting.seconds)
        send_frame(sock, BEGIN, number, b"")
        try:
            reading = read_page(pixels_of(payload, sitting.kind, number), number)
        except ProgramMissingError:
            raise
        except ParserError as error:
            page = ScannedPage(number, nothing=_why(error))
            send_frame(sock, READ, number, msgspec.json.encode(page))
            continue
        if sitting.keeps:
            for name, data in shown(reading):
                send_kept(sock, number, name, data)
        send_frame(sock, READ, number, msgspec.json.encode(reading.page))
        del reading
        gc.collect()


def send_kept(sock: socket.socket, number: int, name: str, data: bytes) -> None:
    """Send what a person may look at of page `number`."""
    send_frame(sock, KEEP, number, name.encode() + b"\n" + data)


def _why(error: ParserError) -> Nothing:
    large = isinstance(error, LimitExceededError)
    return "limit_exceeded" if large else "file_damaged"


if __name__ == "__main__":
    sys.exit(main())
