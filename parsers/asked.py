"""Whether a mail asks for the form, for help, or for what has come of its unit.

A request is a whole title or a whole sentence; the same words inside another sentence
ask for nothing. Whether there is a table, and who may be answered, others decide.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from parsers.vietnamese.fold import fold, skeleton

Request = Literal["form", "help", "status"]

_REPLY = re.compile(
    r"^\s*(?:re|tl|tr|fw|fwd|trả lời|chuyển tiếp)\s*(?:\[\d+\])?\s*:", re.I
)
_SENTENCES = re.compile(r"[^.;!?\n]+")
#: Who asks for something writes little beside.
_MOST_LETTERS, _MOST_SENTENCES = 600, 6

#: For whom something is asked.
_ME = r"(?: (?:em|toi|minh|don vi|chung toi|chung em|phuong|truong|phong|ben em))"
_FOR_ME = f"{_ME}?"
#: Without one of these a sentence must be the request and nothing else.
_ASK = (
    rf"(?:(?:xin|cho|can|muon|hoi|nho|de nghi|yeu cau|vui long|lam on|mong)\b"
    rf"(?: (?:xin|cho|hoi|biet|xem|lai|duoc|nhan|lay|co|ve|giup|them|voi|kiem tra"
    rf"|tra cuu|cung cap|ban|ban dan van|quan ui|quan 3|anh|chi|quan ui quan 3|em|toi"
    rf"|minh|don vi|chung toi|chung em))*"
    rf"|(?:de nghi|yeu cau|nho|vui long|lam on|mong)(?: (?!gui).{{1,40}})? gui"
    rf"(?: (?:giup|lai|cho))*{_FOR_ME}|gui(?: (?:giup|cho))+{_FOR_ME}"
    rf"|kiem tra|tra cuu|xem)"
)
_ABOUT = (
    r"(?: (?:dang ki|bao cao|ket qua|cong trinh|mo hinh|viec co y nghia giup dan"
    r"|vcyngd|dan van kheo|bang|bieu|don|phieu|thuc hien|trong|moi|nam \d{4}|file|tep"
    r"|word|excel|so|0?[1-9]|va))*"
)
_TAIL = (
    r"(?: (?:cua|cho|ve|theo|de|den|a|nhe|giup|voi|gap|nua|nay|phuong|truong|quan"
    r"|p ?\d+|don vi|chung toi|em|ke hoach)\b.{0,80})?"
)
#: A circular is named by its number; nobody asks for help with one in so few words.
_HELP_TAIL = r"(?: (?:cua|cho|ve|a|nhe|giup|voi|nua|nay)\b(?!.*\bso \d).{0,60})?"
_COME = r"(?:.{1,60} )?da nhan(?: duoc)?(?: .{1,60})? chua(?: (?:a|vay|nhi))?"
_OBJECTS: tuple[tuple[Request, str], ...] = (
    ("form", rf"(?:(?:cac|file|tep|ban|bang|bieu|cai) )*(?:mau|form){_ABOUT}{_TAIL}"),
    ("form", rf"gui(?: lai)? mau{_ABOUT} cho{_ME}(?: (?:a|nhe|voi))?"),
    (
        "help",
        r"(?:(?:(?:ban|tai lieu) )?(?:huong dan|tro giup)"
        r"|(?:cach|lam sao(?: de)?|lam the nao(?: de)?) (?:dien|lap|ghi|viet|nop|gui"
        r"|dang ki|bao cao))(?: (?:cach|dien|lap|ghi|viet|nop|gui|su dung|lam|mau))*"
        rf"{_ABOUT}(?: (?:mau|bieu mau))?{_HELP_TAIL}",
    ),
    (
        "status",
        rf"(?:trang thai|tinh trang|tinh hinh(?= dang ki| tiep nhan))"
        rf"(?: (?:tiep nhan|ho so|gui|nop|hien tai))*"
        rf"{_ABOUT}{_TAIL}",
    ),
    ("status", _COME),
)
_WHOLE = tuple((what, re.compile(pattern)) for what, pattern in _OBJECTS)
_ASKED = tuple(
    (what, re.compile(rf"(?:.{{1,60}} )?{_ASK} {pattern}"))
    for what, pattern in _OBJECTS
    if pattern != _COME
)
#: Of a unit's name before the request nothing else is known: "P9 - trạng thái".
_NAMED = re.compile(
    r"(?:(?:v v|ve viec) )?(?:(?:p ?\d+|phuong(?: (?!gui|nop|bao|lay)\w+){1,3}) )?"
)
#: The same letters without accents are other words: màu, máu, mầu.
_FORM_WORDS = frozenset({"form", "mau", "mẫu"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a mail asks for. `beside_files` is what it asks for whatever it brings: who
    sends a form titles it as the form is titled, and asks for nothing.
    """

    request: Request | None = None
    beside_files: Request | None = None


NOTHING = Asked()


def request_of(subject: str, said: Sequence[str], promises_file: bool = False) -> Asked:
    """Return what is asked for; `said` are the lines above the quotation that speak.

    The subject of a reply is another mail's: it was answered then.
    """
    subjects = [] if _REPLY.match(subject) else [subject]
    text = "\n".join(said)
    brief = len(text) <= _MOST_LETTERS
    sentences = [s for s in _SENTENCES.findall(text) if skeleton(s)] if brief else []
    if len(sentences) > _MOST_SENTENCES:
        sentences = []
    asking = _first(_asked(text) for text in [*subjects, *sentences])
    if asking or promises_file:
        return Asked(asking, asking)
    alone = sentences if len(sentences) == 1 else []
    return Asked(_first(_whole(text) for text in [*subjects, *alone]))


def _first(found: Iterable[Request | None]) -> Request | None:
    return next((request for request in found if request), None)


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
