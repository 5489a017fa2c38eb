"""Name places within a payload in the words of the people who sent it."""

from functools import lru_cache

#: The words are the office's.
WORDS = {
    "table": "bảng {}",
    "page": "trang {}",
    "cell": "hàng {}, cột {}",
    "line": "dòng {}",
    "list": "danh sách {}",
    "item": "mục {}",
    "joint": " › ",
}


def inside(path: tuple[str, ...], *inner: str) -> str | None:
    """Return the place `inner` within the attachment `path`; None for neither."""
    return WORDS["joint"].join((*path, *inner)) or None


def table_name(number: int) -> str:
    """Return the place of the table `number`, counted from 1."""
    return WORDS["table"].format(number)


@lru_cache(maxsize=4096)
def cell_name(row: int, column: int) -> str:
    """Return the place of a cell of a table, both counted from 1."""
    return WORDS["cell"].format(row, column)


def line_name(number: int) -> str:
    """Return the place of a line of text, counted from 1."""
    return WORDS["line"].format(number)


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Return a spreadsheet's name of `column`, counted from 1."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Return the number of a spreadsheet's column, 0 where `letters` name none."""
    number = 0
    if len(letters) > 3:
        return 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number


def page_name(number: int) -> str:
    """Return the place of a page, counted from 1."""
    return WORDS["page"].format(number)


def list_name(number: int) -> str:
    """Return the place of a numbered list, counted from 1."""
    return WORDS["list"].format(number)


def item_name(number: str) -> str:
    """Return the place of the item `number` of a list."""
    return WORDS["item"].format(number)
