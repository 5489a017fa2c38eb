"""The child that draws one page of an attachment anew, and ends with it.

It reads the payload from a descriptor and answers with a PNG, or with the code of the
finding that says why there is none; it touches no file but a net's weights.
"""

import os
import socket
import sys

import msgspec

from daemon.workbench.jobs import (
    RAISED,
    READ,
    ChildGoneError,
    Painting,
    receive_order,
    send_frame,
)
from daemon.workbench.walls import (
    PICTURE_SPACE,
    allow_processor,
    build_walls,
    die_with_parent,
)
from parsers.errors import (
    EncryptedFileError,
    LimitExceededError,
    ParserError,
    ProgramMissingError,
)

_CODES: tuple[tuple[type[ParserError], str], ...] = (
    (LimitExceededError, "limit_exceeded"),
    (EncryptedFileError, "file_encrypted"),
    (ProgramMissingError, "program_missing"),
)


def main() -> int:
    """Draw what one order asks for."""
    die_with_parent()
    sock = socket.socket(fileno=os.dup(0))
    try:
        order, descriptor = receive_order(sock)
    except ChildGoneError:
        return 0
    if descriptor is None:
        return 2
    painting = msgspec.json.decode(order, type=Painting)
    with open(descriptor, "rb") as file:
        payload = file.read(painting.length)
    # It is large, and only children hold it.
    from parsers.readers.picture.preview import page_png

    build_walls(PICTURE_SPACE)
    allow_processor(painting.seconds)
    try:
        drawn = page_png(payload, painting.wish)
    except ParserError as error:
        code = next((c for e, c in _CODES if isinstance(error, e)), "file_damaged")
        send_frame(sock, RAISED, 0, code.encode())
        return 0
    send_frame(sock, READ, 0, drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main())
