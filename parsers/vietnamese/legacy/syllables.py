"""Say whether letters are a syllable that Vietnamese can have, by its rules.

Onset, rhyme and tone are checked, not whether the syllable is a word. Both placements
of the tone are taken (hòa, hoà), and i for y and y for i.
"""

import unicodedata
from functools import lru_cache

_TONES = dict(zip("\u0301\u0300\u0309\u0303\u0323", (1, 2, 3, 4, 5), strict=True))
#: Syllables that end in a stop have no tone but sắc and nặng.
_STOPPED_TONES = (1, 5)


def _split(words: str) -> list[str]:
    return words.split()


#: Onsets before back vowels (a ă â o ô ơ u ư) and before front ones (e ê i y).
_BACK = frozenset(
    _split(
        """
        b c ch d đ g h kh l m n ng nh ph r s t th tr v x
        """
    )
)
_FRONT = frozenset(
    _split(
        """
        b ch d đ gh h k kh l m n ngh nh ph r s t th tr v x
        """
    )
)
_WITH_Y = frozenset(
    _split(
        """
        d h k l m n s t th v
        """
    )
)

_RHYMES = frozenset(
    _split(
        """
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng
        âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im
        in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot oong
        ooc oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
        oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un
        ung up ut uân uâng uât uây uê uêch uênh uơ uôc uôi uôm uôn uông uôt uy uya
        uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn
        ương ươp ươt ươu
        """
    )
)
_AFTER_QU = frozenset(
    _split(
        """
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e
        en eo et ê ên ênh êch êt êu i ich in inh it iu ơ ôc y yên yêt yt ynh ych
        """
    )
)
_AFTER_GI = frozenset(
    _split(
        """
        ê ên êng êc êt êp êu êm
        """
    )
) | frozenset(r for r in _RHYMES if r[0] in "aăâeoôơuư")
#: Rhymes that stand without an onset only.
_BARE = frozenset(
    _split(
        """
        y yêm yên yêng yêt yêu
        """
    )
)

_MODIFIED = frozenset("âăêôơư")
_VOWELS = frozenset("aăâeêioôơuưy")


def is_syllable(letters: str) -> bool:
    """Say whether `letters`, NFC in any case, can be one Vietnamese syllable."""
    return _is_syllable(letters.lower()) if len(letters) < 9 else False


@lru_cache(maxsize=32_768)
def _is_syllable(letters: str) -> bool:
    bare, tone, place = _without_tone(letters)
    if bare is None:
        return False
    start = _onset_length(bare)
    if start is None:
        return False
    rhyme = bare[start:]
    if rhyme.endswith(("c", "ch", "p", "t")) and tone not in _STOPPED_TONES:
        return False
    return tone == 0 or place - start in _tone_places(rhyme)


def _without_tone(letters: str) -> tuple[str | None, int, int]:
    """Return the letters without their tone, the tone and the place that it had."""
    bare, tone, place = [], 0, -1
    for index, letter in enumerate(letters):
        base = letter
        if letter > "\x7f":
            parts = unicodedata.normalize("NFD", letter)
            marks = [m for m in parts[1:] if m in _TONES]
            if marks:
                if tone or len(marks) > 1:
                    return None, 0, -1
                tone, place = _TONES[marks[0]], index
                rest = parts.replace(marks[0], "")
                base = unicodedata.normalize("NFC", rest)
        bare.append(base)
    return "".join(bare), tone, place


def _onset_length(bare: str) -> int | None:
    """Return how many letters the onset has; None where no syllable is spelt so."""
    first = next((i for i, c in enumerate(bare) if c in _VOWELS), -1)
    if first < 0:
        return None
    onset, rhyme = bare[:first], bare[first:]
    if onset == "q":
        return first + 1 if rhyme[0] == "u" and rhyme[1:] in _AFTER_QU else None
    if onset == "g" and rhyme.startswith("i"):
        if rhyme[1:] in _AFTER_GI:
            return first + 1
        return first if rhyme in _RHYMES else None
    if rhyme == "y" and onset in _WITH_Y:
        return first
    if not onset:
        return first if rhyme in _RHYMES or rhyme in _BARE else None
    fits = onset in (_FRONT if rhyme[0] in "eêi" else _BACK)
    return first if fits and rhyme in _RHYMES else None


@lru_cache(maxsize=512)
def _tone_places(rhyme: str) -> frozenset[int]:
    """Return where in `rhyme` the tone may stand."""
    modified = [i for i, c in enumerate(rhyme) if c in _MODIFIED]
    if modified:
        return frozenset(modified[-1:])
    vowels = [i for i, c in enumerate(rhyme) if c in _VOWELS]
    if rhyme[0] in "ou" and len(vowels) > 1 and rhyme[1] in "aeyo" and rhyme != "ua":
        return frozenset((0, 1))
    return frozenset((0,))
