"""Undo what exports and transfers did to a whole mail before it is read.

It knows nothing of what the mail says.
"""


def straighten(raw: bytes) -> tuple[bytes, bool]:
    """Return the message as bytes with line ends that mail has, and whether it had not.

    QUIRK: exports saved as UTF-16 or with a byte order mark, Macintosh line ends, line
    ends doubled to CR CR LF by a transfer in text mode, blank lines at the head.
    """
    plain = raw
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = raw.decode("utf-16", "replace").encode("utf-8")
    plain = plain.removeprefix(b"\xef\xbb\xbf")
    if b"\n" not in plain:
        plain = plain.replace(b"\r", b"\n")
    elif plain.endswith(b"\r\r\n", 0, plain.index(b"\n") + 1):
        plain = plain.replace(b"\r\r\n", b"\r\n")
    if plain.startswith((b"\n", b"\r\n")):
        plain = plain.lstrip(b"\r\n")
    return plain, plain is not raw
