"""Know where a mail begins to quote another one, by the words that programs write.

The words are those of the mail programs, in the languages of the office.
"""

import re

from parsers.values.table import QUOTATION, Paragraph

#: Lines with which mail programs introduce what they quote or forward.
_INTRODUCTIONS = re.compile(
    r"^(?:"
    r"-{2,}\s*(?:original message|thư gốc|tin nhắn gốc|forwarded message|forwarded by"
    r"|thư (?:được )?chuyển tiếp|tin nhắn (?:được )?chuyển tiếp"
    r"|tin nhắn đã chuyển tiếp|thư đã chuyển tiếp)\b.*"
    r"|begin forwarded message:.*"
    r"|bắt đầu (?:thư|tin nhắn) (?:được )?chuyển tiếp:?.*"
    r"|-{3,}\s?.{1,120} wrote:?\s?-{3,}"
    r"|(?:on|vào|ngày|lúc)\b.{4,200}\b(?:wrote|đã viết|viết|said):"
    r")$",
    re.IGNORECASE | re.DOTALL,
)
_RULE = re.compile(r"^_{20,}$")
#: What the first letters must be for a closer look.
_LIKELY = re.compile(
    r"[-_*]|begin|bắt|on\b|vào|ngày|lúc|from|từ|người gửi|gửi từ", re.IGNORECASE
)
_FROM = re.compile(r"^\**(?:from|từ|người gửi|gửi từ)\s*:\**\s", re.IGNORECASE)
_SENT = re.compile(
    r"^\**(?:sent|date|đã gửi|ngày|ngày gửi|gửi|gửi lúc|thời gian)\s*:\**\s",
    re.IGNORECASE,
)
_TO = re.compile(
    r"^\**(?:to|đến|tới|người nhận|subject|chủ đề|tiêu đề)\s*:\**\s", re.IGNORECASE
)
#: Introductions are short; longer text is not looked at.
_LONGEST = 1000


def begins_quotation(text: str) -> bool:
    """Say whether a paragraph introduces a quoted or forwarded mail."""
    if not _LIKELY.match(text):
        return False
    lines = text[:_LONGEST].split("\n")
    if _RULE.match(lines[0]):
        # QUIRK: Outlook draws a line above the header of what it quotes.
        return begins_header(lines[1:])
    return begins_header(lines) or introduction(lines) > 0


def introduction(lines: list[str]) -> int:
    """Return how many of the first lines introduce a quotation, 0 for none."""
    for count in range(1, min(3, len(lines)) + 1):
        if _INTRODUCTIONS.match(" ".join(lines[:count])):
            return count
    return 0


def begins_header(lines: list[str]) -> bool:
    """Say whether `lines` begin with the header that programs put above a quotation."""
    shown = [line for line in lines[:6] if line]
    if len(shown) < 3 or not _FROM.match(shown[0]):
        return False
    rest = shown[1:5]
    return any(_SENT.match(x) for x in rest) and any(_TO.match(x) for x in rest)


def quotation_marker(text: str) -> Paragraph:
    """Return the marker after which everything is quoted; `text` introduces it."""
    return Paragraph(text, QUOTATION)
