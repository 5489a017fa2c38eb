"""What the mail's own words say: nothing to register, a request, replace or add.

Only the text above a quotation speaks; tables are read by `parsers.registrations`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parsers.asked import NOTHING, Asked, request_of
from parsers.replies import corrections_of
from parsers.values.reading import Correction, Mode
from parsers.values.table import QUOTATION, Document, Table
from parsers.vietnamese.fold import fold, nfc_text, skeleton

#: As much as a Reading keeps.
MOST_REPLY_TEXT = 10_000

_PREFIX = re.compile(r"^(?:\s*(?:re|fw|fwd|tr|tl|chuyển tiếp|trả lời)\s*:)+", re.I)
_FORWARD = re.compile(r"^\s*(?:(?:re|tl)\s*:\s*)*(?:fw|fwd|chuyển tiếp)\s*:", re.I)
_FORWARD_LINE = re.compile(
    r"(?:-+ ?)?(?:forwarded message|thu (?:duoc )?chuyen tiep|tin nhan chuyen tiep"
    r"|begin forwarded message|bat dau thu chuyen tiep)"
)
#: With these begins such a line; most lines need not be looked at further.
_FORWARD_LETTERS = ("f", "t", "b")
_LETTER = re.compile(r"[^\W_]")

_GREETING = re.compile(
    r"(?:kinh (?:gui|thua|chao|chuyen)|than (?:gui|chao)|xin chao|chao|dear|hi|hello"
    r"|thua)\b.*"
)
_FAREWELL = re.compile(
    r"(?:tran trong|xin (?:tran trong )?cam on|cam on|kinh chuc|than ai|best regards"
    r"|regards|thanks|thank you|kinh thu|xin chan thanh)\b.*"
)
_SENT_FROM = re.compile(r"(?:sent from my|da gui tu|gui tu) .*")

_NOTHING = re.compile(
    r"(?:(?P<who>.{1,80}?) )?(?:(?:hien|hien nay|hien tai|xin|cung) )*"
    r"(?:khong co(?: bat ki)? (?:cong trinh|mo hinh|noi dung|viec)(?: (?:cong trinh"
    r"|mo hinh|hoac|viec co y nghia giup dan))*(?: (?:nao|moi|gi))*"
    r"(?P<registers>(?: de| can| duoc| nao)* dang ki)?"
    r"|khong (?:tham gia )?dang ki(?P<noun> (?:cong trinh|mo hinh|noi dung))"
    r"(?: (?:nao|moi|gi))*)"
    r"(?P<tail>(?: thuc hien)? (?:viec co y nghia giup dan|nam|trong|theo|cho|dot|qui"
    r"|thang|lan nay|ki nay|de|cua don vi|tai don vi)\b.{0,100}|)"
)
#: Words of a sentence that states nothing itself. Without accents many are also words
#: of names: Võ Thị Sáu, trường Trung học cơ sở, Hội.
_NOT_WHO = re.compile(
    r"\b(?:nếu|các|những|danh sách|trường hợp|khi|vì|nào|sẽ|để|cho|hỏi|thì|mà"
    r"|có|tại sao|được|không|chưa)\b"
)
_NOT_WHO_BARE = re.compile(
    r"\b(?:neu|cac|nhung|danh sach|truong hop|khi|(?<!don )vi|nao|se|de|cho"
    r"|(?<!xa )hoi(?! (?:lhpn|lien hiep|cuu|ccb|phu nu|chu thap|khuyen|nong|luat))"
    r"|thi(?! (?:sau|diem|hong|hanh|minh))|ma|co(?! quan| so)|tai sao|duoc|khong"
    r"|chua)\b"
)
_BUT = re.compile(r"\b(?:tuy nhien|nhung ma|nhung|se gui|gui sau|bo sung sau)\b")

_REPLACE = re.compile(
    r"\bthay (?:the|cho|ban|bang)\b|\bgui lai\b(?! (?:mau|huong dan|ke hoach|cong van))"
    r"|\bdinh chinh\b|\bhuy ban (?:cu|truoc)\b"
    r"|\bban (?:thay the|sua doi|dieu chinh|cap nhat)\b"
)
_ADD = re.compile(r"\b(?:dang ki |gui |nop )?bo sung\b(?! (?:huong dan|mau|thong tin))")
_NO_MODE = re.compile(
    r"\bkhong (?:phai )?(?:la )?(?:thay the|bo sung|dinh chinh|gui lai)\b"
)

_PROMISED = re.compile(
    r"\b(?:dinh|gui|goi|file|tep|xem|van ban|bang|tap tin) kem\b|\battach(?:ed|ment)?\b"
    r"|\bkem theo (?:file|bang|danh sach|van ban|mau|tep|day|thu|mail|email)\b"
)
_LINK = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:[\w-]{1,63}\.){0,4}(?:drive\.google\.com|docs\.google\.com|forms\.gle"
    r"|goo\.gl|onedrive\.live\.com|1drv\.ms|sharepoint\.com|dropbox\.com|zalo\.me"
    r"|zaloapp\.com|mega\.nz|fshare\.vn|wetransfer\.com|we\.tl|mediafire\.com"
    r"|icloud\.com|box\.com)/[^\s<>\"')\]]*",
    re.I,
)
_PLAN = re.compile(
    r"(?<!\d)(\d{1,4})\s*([-–/])\s*(KH)\s*([-–/])\s*([A-ZĐ]{1,10}(?:-[A-ZĐ]{1,10})?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class BodyText:
    """What the body says for itself.

    `reply` is the text above the quotation, at most 10,000 characters. `mode` is None
    where it says none, or two that contradict (`mode_unclear`). `corrections` are what
    it asks to change; `correction_unclear` when it asks for more than was understood.
    `promises_file`: it speaks of an attachment. `plans` are plan numbers.
    """

    reply: str = ""
    forwarded: bool = False
    nil: bool = False
    asked: Asked = NOTHING
    mode: Mode | None = None
    mode_unclear: bool = False
    corrections: tuple[Correction, ...] = ()
    correction_unclear: bool = False
    promises_file: bool = False
    links: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()


def body_text(body: Document | None, subject: str | None) -> BodyText:
    """Return what the body and subject say; `body` is None where there is none."""
    paragraphs = _paragraphs(body)
    own = [text for text, quoted in paragraphs if not quoted]
    reply = "\n".join(own)[:MOST_REPLY_TEXT]
    title = _PREFIX.sub("", nfc_text(subject or "")).strip()
    said = _said(reply.split("\n"))
    plain = _plain(reply.split("\n"))
    mode, unclear = _mode(f"{skeleton(title)} | {plain}")
    wishes = corrections_of(said)
    promised = _PROMISED.search(plain) is not None
    return BodyText(
        reply=reply,
        forwarded=_is_forward(subject or "", [text for text, _ in paragraphs]),
        nil=_is_nil([title, *said], plain),
        asked=request_of(nfc_text(subject or ""), said, promised),
        mode=mode,
        mode_unclear=unclear,
        corrections=wishes.corrections,
        correction_unclear=wishes.unclear,
        promises_file=promised,
        links=_links(reply),
        plans=plan_numbers([title, reply]),
    )


def plan_numbers(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the plan numbers that the texts name, as "41-KH/QU", each once."""
    found: dict[str, None] = {}
    for text in texts:
        if "kh" not in text.lower():
            # Lines by the hundred name no plan, and looking for numbers costs more.
            continue
        for number, first, kind, second, body in _PLAN.findall(text):
            marks = [mark.replace("–", "-") for mark in (first, second)]
            if marks[0] != marks[1]:
                name = f"{int(number)}{marks[0]}{kind}{marks[1]}{body}".upper()
                found.setdefault(name)
    return tuple(found)


def _links(text: str) -> tuple[str, ...]:
    """Return links to files kept elsewhere, without the sentence's own marks."""
    found = (link.rstrip(".,;:!?") for link in _LINK.findall(text))
    return tuple(dict.fromkeys(found))


def _paragraphs(body: Document | None) -> list[tuple[str, bool]]:
    """Return the body's paragraphs, and whether each stands in a quotation."""
    quoted = False
    found: list[tuple[str, bool]] = []
    for block in body.blocks if body else ():
        if isinstance(block, Table):
            found.extend((line, quoted) for line in _list_lines(block))
            continue
        if block.place == QUOTATION:
            quoted = True
        if block.text:
            found.append((nfc_text(block.text), quoted))
    return found


def _list_lines(table: Table) -> list[str]:
    """Return the lines of a numbered list that a reader made a table: "2: bỏ"."""
    pairs = [[c.text if c is not None else "" for c in row] for row in table.rows]
    if any(len(row) != 2 or not row[0].isdigit() for row in pairs):
        return []
    return [f"{number}: {text}" for number, text in pairs]


def _plain(lines: Iterable[str]) -> str:
    """Return the lines as one text without accents.

    Each line is asked for its own skeleton elsewhere, so that this costs nothing.
    """
    return " ".join(bare for line in lines if (bare := skeleton(line)))


def _is_forward(subject: str, paragraphs: Sequence[str]) -> bool:
    if _FORWARD.match(subject):
        return True
    lines = (line for text in paragraphs for line in text.split("\n"))
    return any(
        _FORWARD_LINE.match(skeleton(line[:80]))
        for line in lines
        if (letter := _LETTER.search(line)) and skeleton(letter[0]) in _FORWARD_LETTERS
    )


def _said(lines: Iterable[str]) -> list[str]:
    """Return the lines that say something, up to the farewell."""
    said: list[str] = []
    for line in lines:
        text = skeleton(line)
        if line.strip() == "--" or _FAREWELL.fullmatch(text):
            break
        if text and not _GREETING.fullmatch(text) and not _SENT_FROM.fullmatch(text):
            said.append(line.strip())
    return said


def _is_nil(lines: Sequence[str], plain: str) -> bool:
    """Tell whether a whole sentence states that there is nothing to register.

    `plain` is the whole text without accents.
    """
    if _BUT.search(plain):
        return False
    return any(
        _states_nothing(sentence)
        for line in lines
        if "khong" in skeleton(line)
        for sentence in re.findall(r"[^.;!?]+[.;!?]?", line)
    )


def _states_nothing(sentence: str) -> bool:
    if sentence.rstrip().endswith("?"):
        return False
    found = _NOTHING.fullmatch(skeleton(sentence))
    if found is None:
        return False
    bare = found["who"] or ""
    who = " ".join(fold(sentence).split()[: len(bare.split())])
    if (_NOT_WHO_BARE if sentence.isascii() else _NOT_WHO).search(who):
        return False
    return bool(found["registers"] or found["noun"] or not who)


def _mode(plain: str) -> tuple[Mode | None, bool]:
    """Return what the text says of earlier versions, and whether twice differently."""
    if _NO_MODE.search(plain):
        return None, True
    replaces, adds = _REPLACE.search(plain), _ADD.search(plain)
    if replaces and adds:
        return None, True
    if replaces:
        return "replacement", False
    return ("supplement", False) if adds else (None, False)
