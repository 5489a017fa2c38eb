"""Lock an .xls workbook by RC4 with a password, as Excel 97 to 2003 do."""

import struct
from hashlib import md5

from parsers.compound import open_compound
from tests.builders.records import a_compound_file

_OPEN = {0x809, 0x2F, 0xE1, 0x194, 0x195, 0x196, 0x138}
_SALT, _VERIFIER = bytes(range(16)), bytes(range(16, 32))


def locked_xls(payload: bytes, password: str) -> bytes:
    """Return the workbook `payload` with its records locked."""
    compound = open_compound(payload)
    stream = compound.stream("Workbook") if compound else None
    assert stream is not None
    return a_compound_file("Workbook", _locked(stream, password))


def _locked(stream: bytes, password: str) -> bytes:
    """Return the records with a lock after the first, positions of sheets moved."""
    lock = struct.pack("<3H", 1, 1, 1) + _SALT
    check = _cipher(_VERIFIER + md5(_VERIFIER).digest(), password)
    lock = struct.pack("<HH", 0x2F, 54) + lock + check
    end = len(stream.rstrip(b"\0")) + 4
    out, moved = bytearray(), bytearray()
    at = 0
    while at + 4 <= min(end, len(stream)):
        kind, size = struct.unpack_from("<HH", stream, at)
        record = bytearray(stream[at : at + 4 + size])
        if kind == 0x85:
            place = struct.unpack_from("<L", record, 4)[0]
            struct.pack_into("<L", record, 4, place + len(lock))
        moved += record
        if at == 0:
            moved += lock
        at += 4 + size
    secret = _cipher(bytes(moved), password)
    at = 0
    while at + 4 <= len(moved):
        kind, size = struct.unpack_from("<HH", moved, at)
        body = bytearray(secret[at + 4 : at + 4 + size])
        if kind in _OPEN:
            body = bytearray(moved[at + 4 : at + 4 + size])
        if kind == 0x85:
            body[:4] = moved[at + 4 : at + 8]
        out += moved[at : at + 4] + body
        at += 4 + size
    return bytes(out)


def _cipher(data: bytes, password: str) -> bytes:
    """Return `data` under RC4 with a key of its own each 1024 bytes."""
    first = md5(password.encode("utf-16-le")).digest()
    middle = md5((first[:5] + _SALT) * 16).digest()
    out = bytearray()
    for block in range(0, len(data), 1024):
        number = struct.pack("<L", block // 1024)
        out += _rc4(md5(middle[:5] + number).digest(), data[block : block + 1024])
    return bytes(out)


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(out)
