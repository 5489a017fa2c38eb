"""Undo the reading of old bytes in a set that is neither theirs nor Western.

Nothing is judged here: whether the result is better is asked where words are weighed.
"""

import re
import unicodedata

from parsers.vietnamese.legacy.syllables import is_syllable
from parsers.vietnamese.legacy.tables import TO_CP1252, TO_CP1258

#: Signs within words that come of reading Western bytes as the Macintosh's. Signs of
#: typography end words and letters stand among capitals in sound text, too.
_MACINTOSH = re.compile(
    "[’“”‘–—…‚„·™](?<=[A-Za-z].)[a-z]"
    "|[‡‰√ƒ≈∆∏∑∂π≠∞≤≥∫Ω◊ﬁﬂıˆ˜¯˘˙˚¸˝˛ˇ](?<=[A-Za-z].)[A-Za-z ]"
    "|[Â-ÚÙÓÔÒ](?<=[a-z].)[A-Za-z ]|[Â-ÚÙÓÔÒ](?<=[A-Z].)[a-z]"
)
#: What Windows' Vietnamese set makes of Western letters: tones apart from their vowels
#: and its own capitals in the middle of words; signs stay in the middle of words.
_INNER_SIGN = re.compile("[¡-ª¬-¿](?<=[A-Za-z].)[a-z]")
_TONES = "[\u0300\u0301\u0303\u0309\u0323]"
_VIETNAMESE = re.compile(f"{_TONES}|[ĂĐƠƯ](?<=[a-z].)|[¡-ª¬-¿](?<=[A-Za-z].)[a-z]")
_ITS_OWN = re.compile("[ĂăĐđƠơƯư₫\u0300\u0301\u0303\u0309\u0323]")
_WORDS = re.compile("[^\\W\\d_]+")


def through_other_set(text: str, passed: bool = False) -> str | None:
    """Return the Western text whose bytes another set made into `text`.

    None where `text` shows no sign of such a passage; no sign is asked for where
    others in the document have `passed` so.
    """
    return _from_vietnamese(text, passed) or _from_macintosh(text)


def _from_macintosh(text: str) -> str | None:
    """QUIRK: TCVN3's "phiÕu thu" went through a Macintosh: "phi’u thu"."""
    if _MACINTOSH.search(text) is None or _is_sound(text):
        return None
    try:
        codes = text.encode("mac_roman")
    except UnicodeEncodeError:
        return None
    return codes.decode("latin-1").translate(TO_CP1252)


def _from_vietnamese(text: str, passed: bool) -> str | None:
    """QUIRK: on Vietnamese Windows VNI's "kyù" and TCVN3's "ký" pass through CP1258."""
    if not passed and _VIETNAMESE.search(text) is None:
        return None
    if _ITS_OWN.search(text) is None:
        return None
    if _is_sound(text):
        return None
    codes = bytearray()
    for char in text:
        code = ord(char) if char < "\x80" else TO_CP1258.get(char)
        if code is None:
            return None
        codes.append(code)
    return codes.decode("latin-1").translate(TO_CP1252)


def _is_sound(text: str) -> bool:
    """Say whether most accented words of `text` are Vietnamese as they stand."""
    if _INNER_SIGN.search(text):
        return False
    words = _WORDS.findall(unicodedata.normalize("NFC", text))
    asked = [word for word in words if not word.isascii()]
    good = sum(map(is_syllable, asked))
    return good * 3 > len(asked) * 2
