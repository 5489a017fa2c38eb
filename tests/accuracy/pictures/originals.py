"""Choose what stands on a paper: a table of works with room for seal and signature."""

from random import Random

from tests.accuracy.documents import a_register
from tests.accuracy.model import Block, Doc, Lines, Pair, Sheet, Truth, shown
from tests.accuracy.offices import Office, letterhead, signatures

#: What a printed page does not show, or what makes two papers of one.
_NOT_ON_PAPER = frozenset(["hidden row", "several sheets", "split"])
#: What nearly every office does: the plan's own form, filled in.
_PLAIN = frozenset(["letterhead", "signatures", "address to", "introduction"])
#: Lines left free between the signer's office and name.
_ROOM = (3, 4, 5)
_TRIES = 400


def a_paper(random: Random, office: Office, name: str) -> Doc:
    """Return a document that prints well; six of ten are the plan's own form."""
    plain = random.random() < 0.6
    for _ in range(_TRIES):
        kind = "registration" if random.random() < 0.75 else "results"
        doc = a_register(random, office, kind, name)
        tags = set(doc.tags)
        if tags & _NOT_ON_PAPER or (plain and not tags <= _PLAIN):
            continue
        return Doc(doc.name, [_with_room(doc.sheets[0], random)], doc.truth, doc.tags)
    raise AssertionError("no document that prints well")


def has_block(doc: Doc) -> bool:
    """Tell whether somebody signs the paper in a confirmation block."""
    return "signatures" in doc.tags


def signers(doc: Doc) -> tuple[str, str] | None:
    """Return the first line of who signs and the name below, None without a block."""
    if not has_block(doc):
        return None
    block = doc.sheets[0].blocks[-1]
    assert isinstance(block, Pair)
    side = block.left if block.left[:1] and "XÁC NHẬN" in block.left[0] else block.right
    heads = [text for text in side if text.isupper()]
    return (heads or side)[0], side[-1]


def _with_room(sheet: Sheet, random: Random) -> Sheet:
    """Return the sheet with as much room above each name as people sign in."""
    room = random.choice(_ROOM)
    blocks: list[Block] = []
    for block in sheet.blocks:
        if isinstance(block, Pair) and block is sheet.blocks[-1]:
            block = Pair(_roomy(block.left, room), _roomy(block.right, room))
        blocks.append(block)
    return Sheet(sheet.name, blocks, offset=(0, 0))


def _roomy(lines: list[str], room: int) -> list[str]:
    at = lines.index("") if "" in lines else None
    return lines if at is None else [*lines[:at], *[""] * room, *lines[at + 1 :]]


def another_paper(random: Random, office: Office, name: str) -> Doc:
    """Return a paper without a table: a letter of some lines with a block below."""
    text = (
        "Thực hiện Kế hoạch số 41-KH/QU của Quận ủy Quận 3, đơn vị đã tổ chức quán"
        " triệt, triển khai đến toàn thể cán bộ, đảng viên và Nhân dân trên địa bàn."
    )
    blocks: list[Block] = [
        letterhead(office, random),
        Lines(["CÔNG VĂN", "V/v triển khai công tác dân vận"], centred=True),
        Lines([text, "Trân trọng báo cáo."]),
        signatures(office, random),
    ]
    doc = Doc(name, [Sheet("1", blocks)], Truth("other", unit=office.code), ["letter"])
    return Doc(name, [_with_room(doc.sheets[0], random)], doc.truth, doc.tags)


def texts_of(doc: Doc) -> list[str]:
    """Return every text of a paper: cells, lines, letterhead."""
    found: list[str] = []
    for sheet in doc.sheets:
        for block in sheet.blocks:
            if isinstance(block, Pair):
                found += [*block.left, *block.right]
            elif isinstance(block, Lines):
                found += block.texts
            else:
                found += [shown(value) for row in block.rows for value in row]
    return [text for text in dict.fromkeys(found) if text]
