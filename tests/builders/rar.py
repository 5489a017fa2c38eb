"""Rar archives with stored files, cut by hand: no free program writes them.

Layout of version 4: technote.txt of RAR 4; of version 5: "RAR 5.0 archive format".
"""

import struct
import zlib

RAR4 = b"Rar!\x1a\x07\0"
RAR5 = b"Rar!\x1a\x07\1\0"


def _block4(kind: int, flags: int, rest: bytes, data: bytes = b"") -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + data


def _unicode4(name: str) -> bytes:
    """Return the name twice: one byte a letter, then every letter in two bytes."""
    plain = name.encode("ascii", "replace")
    wide = b"\0"
    for at in range(0, len(name), 4):
        four = name[at : at + 4]
        wide += b"\xaa" + four.encode("utf-16-le")
    return plain + b"\0" + wide


def a_rar4(
    members: dict[str, bytes],
    main_flags: int = 0,
    more: dict[str, int] | None = None,
    owner: bool = False,
) -> bytes:
    """Return a version 4 archive; `more` are flags of files, by name, and `owner` puts
    a block of a service behind each.
    """
    found = RAR4 + _block4(0x73, main_flags, bytes(6))
    for name, payload in members.items():
        raw = name.encode() if name.isascii() else _unicode4(name)
        flags = 0x8000 | (more or {}).get(name, 0) | (0 if name.isascii() else 0x200)
        rest = struct.pack(
            "<LLBLLBBHL",
            len(payload),
            len(payload),
            2,
            zlib.crc32(payload),
            0,
            20,
            0x30,
            len(raw),
            0x20,
        )
        found += _block4(0x74, flags, rest + raw, payload)
        if owner:
            found += _block4(0x7A, 0x8010, struct.pack("<L", 4) + bytes(21), b"root")
    return found + _block4(0x7B, 0x4000, b"")


def vint(number: int) -> bytes:
    found = b""
    while number > 127:
        found += bytes([number & 127 | 128])
        number >>= 7
    return found + bytes([number])


def _block5(body: bytes, data: bytes = b"") -> bytes:
    sized = vint(len(body)) + body
    return struct.pack("<L", zlib.crc32(sized)) + sized + data


def a_rar5(
    members: dict[str, bytes],
    archive_flags: int = 0,
    more: dict[str, int] | None = None,
    extra: bytes = b"",
) -> bytes:
    """Return a version 5 archive; `more` are flags of files' headers, by name, and
    `extra` is the extra area of each.
    """
    found = RAR5 + _block5(vint(1) + vint(0) + vint(archive_flags))
    for name, payload in members.items():
        raw = name.encode()
        flags = 2 | (more or {}).get(name, 0) | bool(extra)
        body = vint(2) + vint(flags) + (vint(len(extra)) if extra else b"")
        body += vint(len(payload)) + vint(4) + vint(len(payload)) + vint(0x20)
        body += struct.pack("<L", zlib.crc32(payload)) + vint(0) + vint(0)
        found += _block5(body + vint(len(raw)) + raw + extra, payload)
    return found + _block5(vint(5) + vint(0) + vint(0))


def a_locked_rar5() -> bytes:
    """Return an archive whose headers are encrypted: all else is noise."""
    body = vint(4) + vint(0) + vint(0) + vint(0) + vint(15) + bytes(16)
    return RAR5 + _block5(body) + bytes(range(256))
