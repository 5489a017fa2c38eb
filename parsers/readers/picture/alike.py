"""Know the marks that recognisers exchange together: acute and hook.

In small print a hook looks like an acute; of syllables that are rare with the acute and
common with the hook, the acute is not believed.
"""

import unicodedata
from collections.abc import Sequence

from parsers.readers.picture.shapes import Witness

ACUTE, HOOK = "\u0301", "\u0309"
#: Rare with an acute, common with a hook instead.
_SUSPECTS = (
    "đế tố bống chuấn khấu cúa sứa giái đám hói ớ mớ đú tuối khóe khoé gứi xứ nứa tá",
    "trá sán thám cám sánh mánh ránh nghí tí kí tiếu kiếu triến phấm tấy mấu bấm cấn",
    "tấm hém ké ré thé sé báy thướng trướng xướng tú húy tý ốn khố nố mố đống tống",
    "điếm tán váy tấu sấm ngứ chấy tuý thuý háng náy cánh đính",
)
SUSPECTS = frozenset(" ".join(_SUSPECTS).split())


def is_acute(letter: str) -> bool:
    """Tell whether a letter carries an acute."""
    return ACUTE in unicodedata.normalize("NFD", letter)


def with_hooks(text: str, witnesses: Sequence[Witness]) -> str:
    """Return the text with the hooks that a witness saw where an acute is suspect."""
    seen = [w.text.split() for w in witnesses]
    words = text.split()
    for index, word in enumerate(words):
        bare = "".join(c for c in word if c.isalpha()).casefold()
        if bare not in SUSPECTS:
            continue
        other = _twin(word)
        if any(len(w) == len(words) and w[index] == other for w in seen):
            words[index] = other
    return " ".join(words)


def _twin(word: str) -> str:
    parts = unicodedata.normalize("NFD", word).replace(ACUTE, HOOK)
    return unicodedata.normalize("NFC", parts)
