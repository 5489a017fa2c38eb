"""Whether a mail asks for the form, for help, or for what has come of its unit.

A request is a whole title or a whole sentence; the same words inside another sentence
ask for nothing. Whether there is a table, and who may be answered, others decide.
"""

import re
from collections.abc import Sequence
from typing import Literal

from parsers.vietnamese.fold import fold, skeleton

Request = Literal["form", "help", "status"]

_REPLY = re.compile(
    r"^\s*(?:re|tl|tr|fw|fwd|trả lời|chuyển tiếp)\s*(?:\[\d+\])?\s*:", re.I
)
_SENTENCES = re.compile(r"[^.;!?\n]+")
#: Who asks for something writes little beside.
_MOST_LETTERS, _MOST_SENTENCES = 600, 6

#: Who asks, as far as he names himself before the asking word.
_WHO = r"(?:(?:.{1,60} )?"
_FOR_ME = r"(?: (?:em|toi|minh|don vi|chung toi|chung em|phuong|truong|phong|ben em))?"
#: Without one of these a sentence must be the request and nothing else.
_ASK = (
    rf"(?:(?:xin|cho|can|muon|hoi|nho|de nghi|vui long|lam on|mong)\b"
    rf"(?: (?:xin|cho|hoi|biet|xem|lai|duoc|nhan|lay|co|ve|giup|them|voi|kiem tra"
    rf"|tra cuu|cung cap|ban|ban dan van|quan ui|quan 3|anh|chi|quan ui quan 3|em|toi"
    rf"|minh|don vi|chung toi|chung em))*"
    rf"|(?:de nghi|nho|vui long|lam on|mong)(?: (?!gui).{{1,40}})? gui"
    rf"(?: (?:giup|lai|cho))*{_FOR_ME}|kiem tra|tra cuu|xem)"
)
_ABOUT = (
    r"(?: (?:dang ki|bao cao|ket qua|cong trinh|mo hinh|viec co y nghia giup dan"
    r"|dan van kheo|bang|bieu|don|phieu|thuc hien|trong|moi|nam \d{4}|file|tep|word"
    r"|excel|so|0?[1-9]|va))*"
)
_TAIL = (
    r"(?: (?:cua|cho|ve|theo|de|den|a|nhe|giup|voi|gap|nua|nay|phuong|truong|quan"
    r"|p ?\d+|don vi|chung toi|em|ke hoach)\b.{0,80})?"
)
#: A circular is named by its number; nobody asks for help with one in so few words.
_HELP_TAIL = r"(?: (?:cua|cho|ve|a|nhe|voi|nua|nay)\b(?!.*\bso \d).{0,60})?"
_OBJECTS: tuple[tuple[Request, str], ...] = (
    ("form", rf"(?:(?:cac|file|tep|ban|bang|bieu|cai) )*mau{_ABOUT}{_TAIL}"),
    (
        "help",
        r"(?:(?:(?:ban|tai lieu) )?(?:huong dan|tro giup)"
        r"|(?:cach|lam sao(?: de)?|lam the nao(?: de)?) (?:dien|lap|ghi|viet|nop|gui"
        r"|dang ki|bao cao))(?: (?:cach|dien|lap|ghi|viet|nop|gui|su dung|lam|mau))*"
        rf"{_ABOUT}(?: (?:mau|bieu mau))?{_HELP_TAIL}",
    ),
    (
        "status",
        rf"(?:trang thai|tinh trang)(?: (?:tiep nhan|ho so|gui|nop|hien tai))*"
        rf"{_ABOUT}{_TAIL}",
    ),
    ("status", r"(?:.{1,60} )?da nhan(?: duoc)?(?: .{1,60})? chua(?: (?:a|vay|nhi))?"),
)
_WHOLE = tuple((what, re.compile(pattern)) for what, pattern in _OBJECTS)
_ASKED = tuple(
    (what, re.compile(rf"(?:.{{1,60}} )?{_ASK} {pattern}"))
    for what, pattern in _OBJECTS[:3]
)
#: Of a unit's name before the request nothing else is known: "P9 - trạng thái".
_NAMED = re.compile(r"(?:p ?\d+|phuong(?: \d+| \w+){1,3}) ")
#: The same letters without accents are other words: màu, máu, mầu.
_FORM_WORDS = frozenset({"mau", "mẫu"})


def request_of(
    subject: str, said: Sequence[str], promises_file: bool = False
) -> Request | None:
    """Return what is asked for; `said` are the lines above the quotation that speak.

    The subject of a reply is another mail's: it was answered then. A subject whose mail
    promises a file counts only where it asks.
    """
    if not _REPLY.match(subject):
        found = _asked(subject) or (None if promises_file else _whole(subject))
        if found is not None:
            return found
    text = "\n".join(said)
    if len(text) > _MOST_LETTERS:
        return None
    sentences = [s for s in _SENTENCES.findall(text) if skeleton(s)]
    if len(sentences) == 1 and not promises_file:
        return _whole(sentences[0]) or _asked(sentences[0])
    if len(sentences) > _MOST_SENTENCES:
        return None
    return next(filter(None, map(_asked, sentences)), None)


def _whole(sentence: str) -> Request | None:
    """Return the request that the sentence is, whoever is named before it."""
    plain = skeleton(sentence)
    return _found(sentence, _NAMED.sub("", plain, count=1), _WHOLE) or _found(
        sentence, plain, _WHOLE
    )


def _asked(sentence: str) -> Request | None:
    """Return the request that the sentence makes with an asking word."""
    return _found(sentence, skeleton(sentence), _ASKED)


def _found(
    sentence: str, plain: str, patterns: tuple[tuple[Request, re.Pattern[str]], ...]
) -> Request | None:
    if len(plain) > 250:
        return None
    for what, pattern in patterns:
        if pattern.fullmatch(plain):
            spelt = what != "form" or _FORM_WORDS & set(fold(sentence).split())
            return what if spelt else None
    return None
