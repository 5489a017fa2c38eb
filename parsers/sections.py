"""Rows between works: which field a section names, and which rows are no works.

It judges texts alone; where they stand in the table is the business of `parsers.rows`.
"""

import re

from parsers.values.campaign import Campaign
from parsers.vietnamese.fold import fold, skeleton

_ROMAN = r"(?=[IVX])(?:X{0,2})(?:IX|IV|V?I{0,3})"
_ENUMERATOR = re.compile(rf"\(?((?:{_ROMAN})|[A-HĐa-h])\s*[.)/:\-–*]+\s*(?=\S)")
_ENUMERATOR_ALONE = re.compile(rf"\(?((?:{_ROMAN})|[A-HĐa-h])\s*[.)/:\-–*]*")
_ARABIC = re.compile(r"\(?(\d{1,4})\s*[.)/:\-–*]*")
_FIELD_WORD = re.compile(r"(?:cac )?(?:linh vuc|nhom noi dung|nhom linh vuc|nhom)\b")
_FIELD_NUMBER = re.compile(
    r"(?:linh vuc|nhom|noi dung|nhom noi dung|khong)(?: thu| so)? (\d{1,2})(?: |$)"
)

_TOTAL = re.compile(
    r"(?:tong cong|tong so|tong|cong)"
    r"(?:(?: so| cac| chung| [ivx]+| toan \w+)*(?: \d+.*| cong trinh.*| mo hinh.*)?)?"
)
_EXAMPLE_LETTERS = re.compile(
    "v[iíìỉĩịdđð]|m[aáàảãạăắằẳẵặâấầẩẫậ]|h[uúùủũụưứừửữự]|gh", re.IGNORECASE
)
_EXAMPLE = re.compile(
    r"(?:vi du|vd|mau dien|huong dan ghi|ghi mau)(?: \d+)?\b.*"
    r"|ghi (?:ten|ro|thang|so luong|ngan gon|tat|theo|thoi gian|ket qua|cu the)\b.*"
)

_SIGNER = re.compile(
    r"(?:T\s*/?\s*M|K\s*/?\s*T|T\s*/?\s*L|TUQ|T/UQ|Q)\s*[.:]\s*\w"
    r"|T/M\s+\w|K/T\s+\w|T/L\s+\w|TM\s+[A-ZĐỦỶÀ-Ỹ]{2}"
)
_BLOCK = re.compile(
    r"(?:xac nhan(?: cua)?|thu truong(?: don vi| co quan)?|nguoi lap(?: bang| bieu)?"
    r"|dai dien|hieu truong|pho hieu truong|bi thu|pho bi thu|chu tich|pho chu tich"
    r"|truong (?:phong|ban|tram|khoa)|giam doc|pho giam doc|truong don vi|chi uy"
    r"|ban thuong vu|cap uy|lanh dao don vi|van thu|ke toan|chanh van phong"
    r"|y kien cua|phe duyet|duyet|truong cong an|chi huy truong)\b"
)
_BODY = re.compile(
    r"(?:truong (?:mam non|mn|tieu hoc|th|thcs|thpt|trung|mau giao|boi duong|chuyen)"
    r"|phuong \w+|phong \w+|chi bo|dang (?:bo|uy)|hoi \w+|doan \w+|ubnd|uy ban"
    r"|trung tam|benh vien|khu pho|chi hoi|cong doan|lien doan|mat tran|kho bac"
    r"|chi cuc|toa an|vien kiem sat|cong an|mam non|tieu hoc|thcs|mn|th)\b"
)
#: "Xác nhận của thủ trưởng cơ quan, đơn vị" has seven spaces; sentences have more.
_SHORT_LINE = 9
_FOOTER = re.compile(
    r"noi nhan\b|ghi chu\b|luu y\b|ki ten|ki va ghi|ki ghi ro|ki ten dong dau|da ki\b"
    r"|danh sach (?:nay )?(?:co|gom)\b|tren day la|kinh gui\b|luu (?:vt|vp)\b"
)
_DATED = re.compile(r"(?:\S.{1,40}, )?ngày\b.{0,8}\btháng\b.{0,8}\bnăm\b.{0,6}")


def is_blank(text: str) -> bool:
    """Tell whether a text says nothing: empty, or dots and dashes only."""
    return not (text[:1].isalnum() or any(map(str.isalnum, text)))


def arabic(number: str) -> int | None:
    """Return the number of an STT like "1", "01." or "(1)", None for anything else."""
    found = _ARABIC.fullmatch(number)
    return int(found[1]) if found else None


def is_enumerator(number: str) -> bool:
    """Tell whether an STT is a section's: I, II, A, b."""
    return bool(number) and _ENUMERATOR_ALONE.fullmatch(number) is not None


def is_enumerated(text: str) -> bool:
    """Tell whether a text begins like a section: "I. …", "A- …"."""
    return _ENUMERATOR.match(text) is not None


def names_field(text: str) -> bool:
    """Tell whether a text begins with the word for a field of work."""
    bare = skeleton(_ENUMERATOR.sub("", text, count=1))
    return _FIELD_WORD.match(re.sub(r"^\d{1,2} ", "", bare)) is not None


def names_body(text: str) -> bool:
    """Tell whether a short line begins with a kind of body: "- Trường Mầm non 6"."""
    bare = skeleton(text)
    return bare.count(" ") < _SHORT_LINE and _BODY.match(bare) is not None


def is_total(text: str) -> bool:
    """Tell whether a row is a sum: "Tổng cộng", "Cộng: 10 công trình"."""
    return _TOTAL.fullmatch(skeleton(text)) is not None


def is_bare_total(text: str) -> bool:
    """Tell whether a text is the word for a sum alone."""
    return skeleton(text) in ("tong cong", "cong", "tong so", "tong")


def is_example(text: str) -> bool:
    """Tell whether a row is a sample left from the template."""
    # Asked of every row: most titles begin with other letters.
    if _EXAMPLE_LETTERS.match(text) is None:
        return False
    return _EXAMPLE.fullmatch(skeleton(text)) is not None


def is_signature(text: str) -> bool:
    """Tell whether a line begins a signature block: "TM. …", "XÁC NHẬN CỦA …"."""
    line = text.split("\n", 1)[0]
    if _SIGNER.match(line):
        return True
    # In capitals, or alone: "Chủ tịch phường tặng quà" is a sentence.
    bare = skeleton(line)
    found = _BLOCK.match(bare)
    if found is None:
        return False
    short = bare.startswith("xac nhan cua ") and bare.count(" ") < _SHORT_LINE
    return short or line == line.upper() or found.end() == len(bare)


def is_footer(text: str) -> bool:
    """Tell whether a line stands below a table, never in it."""
    line = text.split("\n", 1)[0]
    return (
        _FOOTER.match(skeleton(line)) is not None
        or is_signature(text)
        or is_dated(line)
    )


def is_closing(text: str) -> bool:
    """Tell whether a line can only stand below a table, whatever stands beside it."""
    line = text.split("\n", 1)[0]
    if skeleton(line).startswith("noi nhan") or _SIGNER.match(line):
        return True
    return is_dated(line) and ", ngày" in line.lower()


def is_dated(line: str) -> bool:
    """Tell whether a line is place and date: "Quận 3, ngày 05 tháng 6 năm 2021"."""
    line = line.strip().lower()
    return "ngày" in line and _DATED.fullmatch(line) is not None


def field_of(text: str, campaign: Campaign | None) -> int | None:
    """Return the number of the one field that the text names, None if not just one."""
    if campaign is None or not campaign.fields or not text:
        return None
    before = re.split(r"gắn với|gan voi", fold(text), maxsplit=1)[0]
    for key in (fold, skeleton):
        found = _fields_within(key(before), campaign, key is skeleton)
        if found:
            return found.pop() if len(found) == 1 else None
    return _numbered_field(text, campaign)


def _fields_within(text: str, campaign: Campaign, bare: bool) -> set[int]:
    padded = f" {text} "
    names = [
        (skeleton(name) if bare else fold(name), field.number)
        for field in campaign.fields
        for name in (field.name, *field.same_as)
    ]
    found = {(name, n) for name, n in names if name and f" {name} " in padded}
    # A name within a longer one that was found too says nothing of its own.
    return {
        n
        for name, n in found
        if not any(name != other and f" {name} " in f" {other} " for other, _ in found)
    }


def _numbered_field(text: str, campaign: Campaign) -> int | None:
    bare = skeleton(text)
    found = _FIELD_NUMBER.match(bare)
    number = int(found[1]) if found else arabic(text)
    known = {field.number for field in campaign.fields}
    return number if number in known else None
