"""Damage a file: bytes anywhere, or what stands inside the members of a zip file."""

import io
import random
import re
import zipfile
import zlib

#: Numbers at which programs go wrong, in both byte orders and several widths.
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_MOST = 2_000_000


def damaged(payload: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return `payload` with up to four faults; pieces of `other` may get into it."""
    if payload.startswith(b"PK\x03\x04") and chance.random() < 0.7:
        inside = _inside_zip(payload, other, chance)
        if inside is not None:
            return inside
    return _spoilt(payload, other, chance)


def _spoilt(data: bytes, other: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_WAYS)(data or b"\0", other, chance)[:_MOST]
    return data


def _inside_zip(payload: bytes, other: bytes, chance: random.Random) -> bytes | None:
    """Return the zip file with one member spoilt, its checksums right again."""
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as source:
            members = [(i.filename, source.read(i)) for i in source.infolist()]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
        return None
    if not members:
        return None
    hit = chance.randrange(len(members))
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as target:
        for number, (name, data) in enumerate(members):
            if number == hit:
                data = _spoilt(data, other, chance)
            target.writestr(name, data)
    return into.getvalue()


def _span(data: bytes, chance: random.Random, most: int = 4096) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.randint(1, most))


def _flip(data: bytes, other: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.randint(1, 16)):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def _cut(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _drop(data: bytes, other: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, other: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _splice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    start, end = _span(other or b"\0", chance)
    at = chance.randrange(len(data))
    return data[:at] + other[start:end] + data[at:]


def _number(data: bytes, other: bytes, chance: random.Random) -> bytes:
    width = chance.choice((1, 2, 4))
    order = chance.choice(("little", "big"))
    value = chance.choice(_NUMBERS) % (1 << 8 * width)
    at = chance.randrange(len(data))
    given = value.to_bytes(width, "big" if order == "big" else "little")
    return data[:at] + given + data[at + width :]


def _digits(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Put another number where one is written in figures: counts, spans, lengths."""
    found = list(re.finditer(rb"\d+", data[:200_000]))
    if not found:
        return _flip(data, other, chance)
    hit = chance.choice(found)
    given = chance.choice((b"0", b"-1", b"65536", b"1048577", b"99999999999", b"1e9"))
    return data[: hit.start()] + given + data[hit.end() :]


def _tags(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Take one tag or control word out, or say it twice."""
    found = list(re.finditer(rb"<[^<>]{1,300}>|\\[a-z]+-?\d*", data[:200_000]))
    if not found:
        return _drop(data, other, chance)
    hit = chance.choice(found)
    given = chance.choice((b"", hit[0] * 2, hit[0] * 300))
    return data[: hit.start()] + given + data[hit.end() :]


_WAYS = (_flip, _flip, _cut, _drop, _double, _splice, _number, _digits, _digits, _tags)
