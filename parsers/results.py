"""What a report says became of a work: done, in progress, not done.

The outcome itself is kept as written; only clear wordings give a word of ours.
"""

import re

from parsers.values.reading import Progress
from parsers.vietnamese.fold import fold, skeleton

_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3})(?:[.,]\d+)?\s*%")

_NOT_DONE = re.compile(
    r"\bchua (?:thuc hien|hoan thanh|trien khai|lam|dat|bat dau|co|to chuc|tien hanh)\b"
    r"|\bkhong (?:thuc hien|hoan thanh|trien khai|to chuc)(?: duoc)?\b"
    r"|\btam (?:dung|hoan|ngung)\b|\bhuy\b|\bngung thuc hien\b|^chua$"
)
_IN_PROGRESS = re.compile(
    r"\bdang (?:thuc hien|trien khai|tien hanh|thi cong|xay dung|van dong|lam|hoan"
    r"|tiep tuc|to chuc|xuc tien|phoi hop|trong qua trinh)\b"
    r"|\btiep tuc (?:thuc hien|trien khai|van dong|duy tri)\b"
    r"|\bdu kien (?:den|hoan thanh|trong|het|thang|cuoi|se)\b|^dang$"
    r"|\bmot phan\b|\bgan (?:xong|hoan thanh)\b"
)
_DONE = re.compile(
    r"\bda (?:hoan thanh|thuc hien|xong|trao|tang|lap dat|sua|xay|to chuc|dat|lam"
    r"|ban giao|trien khai|trong|van dong|ho tro|giup|nghiem thu|ra mat|son)\b"
    r"|^(?:hoan (?:thanh|tat)|xong|dat|da|co)$|^(?:hoan (?:thanh|tat)|dat)\b"
    r"|\bthuc hien xong\b|\bhoan (?:thanh|tat) (?:\d+ )?(?:vuot|dung|truoc|chi tieu)\b"
)


#: "Đạt 70 %" is how far it went; "đạt 95 % người dân hài lòng" is what came of it.
_SHARE_REACHED = re.compile(
    r"(?:đạt|hoàn (?:thành|tất)|thực hiện|đã thực hiện)(?:\s+được)?\s*:?\s*"
    r"(\d{1,3})(?:[.,]\d+)?\s*%(?:\s*(?:kế hoạch|khối lượng|tiến độ|chỉ tiêu"
    r"|công việc|nội dung))*[.;]?"
)


def progress_of(progress: str | None, result: str | None) -> Progress | None:
    """Return what the two columns say of the work, None where they leave it open.

    A progress column speaks first; the result's own words only where it is silent.
    """
    said = _of_column(progress or "")
    return said if said is not None else _of_words(result or "")


def _of_column(text: str) -> Progress | None:
    said = _of_words(text)
    if said is not None:
        return said
    found = _PERCENT.findall(text)
    if not found and re.fullmatch(r"\d{1,3}", text):
        # A column of percentages whose sign stands in the heading alone.
        found = [text]
    return _of_share(int(found[0])) if len(found) == 1 else None


def _of_share(share: int) -> Progress:
    if share >= 100:
        return "done"
    return "in_progress" if share > 0 else "not_done"


def _of_words(text: str) -> Progress | None:
    """Return what the words say; not done and doing go before done.

    "Đã trao 5 suất, đang thực hiện tiếp" is not finished.
    """
    reached = _SHARE_REACHED.fullmatch(text.lower())
    if reached:
        return _of_share(int(reached[1]))
    bare = skeleton(text)
    # Without its accents "đang" (doing) is also "đáng" (worth) and "đảng" (Party).
    if _NOT_DONE.search(bare):
        return "not_done"
    doing = _IN_PROGRESS.search(bare)
    if doing and ("đang" in fold(text) or not doing[0].startswith("dang")):
        return "in_progress"
    if doing and text.isascii():
        return "in_progress"
    partly = any(int(share) < 100 for share in _PERCENT.findall(text))
    return "done" if _DONE.search(bare) and not partly else None
