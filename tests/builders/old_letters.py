"""Vietnamese text as the programs of the nineties stored it: an encoder of our own.

It reads the tables of tests/data/letters/tables by their column of bytes and knows
nothing of the product's tables.
"""

import csv
import unicodedata
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).resolve().parents[1] / "data" / "letters"
_FILES = {"vni": "vni-windows", "tcvn3": "tcvn3", "viscii": "viscii", "vps": "vps"}
FONTS = {"vni": "VNI-Times", "tcvn3": ".VnTime", "viscii": None, "vps": "VPS Times"}
CAPITAL_FONT = ".VnTimeH"
_VIETNAMESE = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý"
#: Characters that only an old encoding or lost letters show as: a test that writes any
#: letters and wants them back leaves these out, and no letter of Vietnamese.
WESTERN = "\ufffd" + "".join(
    char
    for code in range(0x80, 0x100)
    for char in {chr(code), bytes([code]).decode("cp1252", "ignore")}
    if char not in _VIETNAMESE
)


@lru_cache(maxsize=8)
def table(encoding: str, capitals: bool = False) -> dict[str, bytes]:
    """Return the bytes of each letter; `capitals`: as a font of capitals draws them."""
    found: dict[str, bytes] = {}
    path = _DATA / "tables" / f"{_FILES[encoding]}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row.get("font") == "H") <= capitals:
                found.setdefault(row["unicode"], bytes.fromhex(row["bytes"]))
    return found


def encodable(text: str, encoding: str, capitals: bool = False) -> bool:
    """Say whether every letter of `text` has its own code."""
    codes = table(encoding, capitals)
    return all(c in codes or ord(c) < 128 or c in "“”–…’" for c in _nfc(text))


def encoded(
    text: str, encoding: str, capitals: bool = False, folded: bool = False
) -> bytes:
    """Return `text` in bytes; a capital without a code is stored as its small letter
    where `folded`, as typists did; signs are those of Windows' Western set.
    """
    codes = table(encoding, capitals)
    out = bytearray()
    for char in _nfc(text):
        known = codes.get(char)
        if known is None and folded and char.isupper():
            known = codes.get(char.lower())
        out += known if known is not None else char.encode("cp1252")
    return bytes(out)


def as_stored(data: bytes, western: bool = True) -> str:
    """Return the bytes as an office file holds them: as CP1252, or as Latin-1."""
    if not western:
        return data.decode("latin-1")
    return "".join(
        chr(b) if b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([b]).decode("cp1252")
        for b in data
    )


def stored(
    text: str, encoding: str, capitals: bool = False, folded: bool = True
) -> str:
    """Return `text` as the file of a western program shows it."""
    return as_stored(encoded(text, encoding, capitals, folded))


@lru_cache(maxsize=1)
def office_lines() -> tuple[str, ...]:
    """Return lines of office Vietnamese, written for these tests."""
    return _lines("office.txt")


@lru_cache(maxsize=1)
def sound_lines() -> tuple[str, ...]:
    """Return lines that nobody may change: traps, other languages, signs."""
    return _lines("sound.txt")


#: All letters that Vietnamese is written with.
VIETNAMESE = "".join(chr(c) for c in range(65, 123) if chr(c).isalpha()) + "".join(
    table("vni")
)


def _lines(name: str) -> tuple[str, ...]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return tuple(line for line in text.split("\n") if line)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
