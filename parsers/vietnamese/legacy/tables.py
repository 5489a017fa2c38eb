"""Decode words in the old encodings: VNI-Windows, TCVN3 (ABC), VISCII and VPS.

A word comes as the characters that its bytes have in Windows' Western set. VNI is made
by its rules; for the others the codes are listed in the order of one alphabet.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

_MARKS = "\u0301\u0300\u0309\u0303\u0323"
_VOWELS = "aâăeêioôơuưy"


def _composed(base: str, mark: str) -> str:
    return unicodedata.normalize("NFC", base + mark)


#: The 67 letters beyond ASCII: each vowel and its five tones, at last đ.
LETTERS = [
    letter
    for vowel in _VOWELS
    for letter in [vowel, *(_composed(vowel, mark) for mark in _MARKS)]
    if not letter.isascii()
] + ["đ"]
_CAPITALS = [letter.upper() for letter in LETTERS]

#: TCVN 5712:1993 VN3. Its capitals have no tones: those are drawn by other fonts.
_TCVN3 = (
    "B8 B5 B6 B7 B9 A9 CA C7 C8 C9 CB A8 BE BB BC BD C6 D0 CC CE CF D1 AA D5 D2 D3 D4 "
    "D6 DD D7 D8 DC DE E3 DF E1 E2 E4 AB E8 E5 E6 E7 E9 AC ED EA EB EC EE F3 EF F1 F2 "
    "F4 AD F8 F5 F6 F7 F9 FD FA FB FC FE AE"
)
_TCVN3_CAPITALS = {0xA1: "Ă", 0xA2: "Â", 0xA3: "Ê", 0xA4: "Ô", 0xA5: "Ơ", 0xA6: "Ư"} | {
    0xA7: "Đ"
}
#: RFC 1456.
_VISCII = (
    "E1 E0 E4 E3 D5 E2 A4 A5 A6 E7 A7 E5 A1 A2 C6 C7 A3 E9 E8 EB A8 A9 EA AA AB AC AD "
    "AE ED EC EF EE B8 F3 F2 F6 F5 F7 F4 AF B0 B1 B2 B5 BD BE B6 B7 DE FE FA F9 FC FB "
    "F8 DF D1 D7 D8 E6 F1 FD CF D6 DB DC F0"
)
_VISCII_CAPITALS = (
    "C1 C0 C4 C3 80 C2 84 85 86 06 87 C5 81 82 02 05 83 C9 C8 CB 88 89 CA 8A 8B 8C 8D "
    "8E CD CC 9B CE 98 D3 D2 99 A0 9A D4 8F 90 91 92 93 B4 95 96 97 B3 94 DA D9 9C 9D "
    "9E BF BA BB BC FF B9 DD 9F 14 19 1E D0"
)
#: As UniKey has it, the only source; fourteen capitals have no code of their own.
_VPS = (
    "E1 E0 E4 E3 E5 E2 C3 C0 C4 C5 C6 E6 A1 A2 A3 A4 A5 E9 E8 C8 EB CB EA 89 8A 8B CD "
    "8C ED EC CC EF CE F3 F2 D5 F5 86 F4 D3 D2 B0 87 B6 D6 A7 A9 AA AB AE FA F9 FB DB "
    "F8 DC D9 D8 BA BB BF 9A FF 9B CF 9C C7"
)
_VPS_CAPITALS = (
    "C1 80 81 82 -- C2 83 84 85 -- -- 88 8D 8E 8F F0 -- C9 D7 DE FE -- CA 90 93 94 95 "
    "-- B4 B5 B7 B8 -- B9 BC BD BE -- D4 96 97 98 99 -- F7 9D 9E 9F A6 -- DA A8 D1 AC "
    "-- D0 AD AF B1 -- -- DD B2 FD B3 -- F1"
)

#: Where Windows' Western set shows a byte as something beyond Latin-1.
FROM_CP1252 = {
    ord(bytes([byte]).decode("cp1252")): chr(byte)
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
#: Controls that stand for the quotes and dashes of that set (.xls stores those).
TO_CP1252 = {ord(char): chr(code) for code, char in FROM_CP1252.items()}

#: The bytes of Windows' Vietnamese set; those that it lacks are controls.
TO_CP1258 = {
    bytes([byte]).decode("cp1258", "ignore") or chr(byte): byte
    for byte in range(0x80, 0x100)
}

#: Signs that are no letters of VNI (all of A0 to BF) or have no meaning in TCVN3.
_VNI_SIGNS = frozenset(chr(c) for c in range(0xA0, 0xC0)) | {"×", "÷"}
_TCVN3_SIGNS = frozenset("°±²³´¿¯")


def _listed(codes: str, letters: list[str]) -> dict[str, str]:
    pairs = zip(codes.split(), letters, strict=True)
    return {chr(int(code, 16)): letter for code, letter in pairs if code != "--"}


TCVN3: Mapping[str, str] = (
    _listed(_TCVN3, LETTERS)
    | {chr(code): letter for code, letter in _TCVN3_CAPITALS.items()}
    # QUIRK: PDF readers and NFKC give Greek mu for the sign that is à.
    | {"\u03bc": "à"}
)
VISCII: Mapping[str, str] = _listed(_VISCII, LETTERS) | _listed(
    _VISCII_CAPITALS, _CAPITALS
)
VPS: Mapping[str, str] = _listed(_VPS, LETTERS) | _listed(_VPS_CAPITALS, _CAPITALS)


def _vni() -> dict[str, str]:
    """Return the letters of VNI: a vowel and its mark, nine that stand alone."""
    tones = dict(zip("ùøûõï", _MARKS, strict=True))
    circumflex = dict(zip("âáàåãä", ("", *_MARKS), strict=True))
    breve = dict(zip("êéèúüë", ("", *_MARKS), strict=True))
    units = {"ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ"}
    units |= {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị"}
    pairs = [(v, m, v, t) for v in "aeouy" for m, t in tones.items()]
    pairs += [(v, m, units[v], t) for v in "ôö" for m, t in tones.items()]
    for plain, hat in zip("aeo", "âêô", strict=True):
        pairs += [(plain, m, hat, t) for m, t in circumflex.items()]
    pairs += [("a", m, "ă", t) for m, t in breve.items()]
    for vowel, mark, base, tone in pairs:
        letter = _composed(base, tone)
        units[vowel + mark] = letter
        # A capital goes before a mark in either case ("Aù"): the vowel's case counts.
        for capital in (vowel.upper() + mark, vowel.upper() + mark.upper()):
            units[capital] = letter.upper()
    return units | {u.upper(): v.upper() for u, v in units.items() if len(u) == 1}


VNI: Mapping[str, str] = _vni()


def from_vni(word: str) -> tuple[str, int] | None:
    """Return the word decoded from VNI and how many letters that took; None if not VNI.

    Letters of two characters go before those of one.
    """
    changed = 0
    pieces: list[str] = []
    at = 0
    while at < len(word):
        pair = VNI.get(word[at : at + 2]) if at + 1 < len(word) else None
        if pair is not None:
            pieces.append(pair)
            changed += 1
            at += 2
            continue
        char = word[at]
        shown = char if char.isascii() else VNI.get(char)
        if shown is None:
            shown = _as_sign(char, _VNI_SIGNS)
            if shown is None:
                return None
        elif shown != char:
            changed += 1
        pieces.append(shown)
        at += 1
    return "".join(pieces), changed


def from_tcvn3(word: str) -> tuple[str, int] | None:
    """Return the word decoded from TCVN3, and how many letters; None if not TCVN3."""
    changed = 0
    pieces: list[str] = []
    for char in word:
        shown = char if char.isascii() else TCVN3.get(char)
        if shown is None:
            shown = _as_sign(char, _TCVN3_SIGNS)
            if shown is None:
                return None
        elif shown != char:
            changed += 1
        pieces.append(shown)
    return "".join(pieces), changed


def from_viscii(word: str) -> tuple[str, int] | None:
    """Return the word decoded from VISCII, and how many letters; None if not VISCII."""
    return _by_bytes(word, VISCII)


def from_vps(word: str) -> tuple[str, int] | None:
    """Return the word decoded from VPS, and how many letters; None if not VPS."""
    return _by_bytes(word, VPS)


_NO_LETTER = re.compile(f"[{_MARKS}₫]")


def from_cp1258(word: str) -> tuple[str, int] | None:
    """Return the word whose CP1258 bytes were shown as CP1252; None if it is none.

    QUIRK: Windows' own Vietnamese set keeps five tones as letters after the vowel; read
    as Western text it gives "ÐaÒng uÒy PhýõÌng", Ð being Eth.
    """
    changed = 0
    pieces: list[str] = []
    for char in word.translate(FROM_CP1252):
        if char.isascii():
            pieces.append(char)
            continue
        if char > "\xff":
            return None
        shown = bytes([ord(char)]).decode("cp1258", "replace")
        if shown == "\ufffd":
            return None
        changed += shown != char
        pieces.append(shown)
    text = unicodedata.normalize("NFC", "".join(pieces))
    # A tone that no vowel takes, and the sign of money, are no part of a word.
    return None if _NO_LETTER.search(text) else (text, changed)


def _by_bytes(word: str, table: Mapping[str, str]) -> tuple[str, int] | None:
    changed = 0
    pieces: list[str] = []
    for char in word.translate(FROM_CP1252):
        shown = table.get(char, char if char.isascii() else "")
        if not shown:
            return None
        changed += shown != char
        pieces.append(shown)
    return "".join(pieces), changed


def _as_sign(char: str, signs: frozenset[str]) -> str | None:
    """Return what a character shows that is no letter of the encoding; None if one."""
    if char in signs:
        return char
    shown = TO_CP1252.get(ord(char), char)
    if ord(shown) > 0xFF and unicodedata.category(shown)[0] not in "LM":
        return shown
    return None


Decoder = Callable[[str], tuple[str, int] | None]
DECODERS: dict[str, Decoder] = {
    "vni": from_vni,
    "tcvn3": from_tcvn3,
    "viscii": from_viscii,
    "vps": from_vps,
    "cp1258": from_cp1258,
}
