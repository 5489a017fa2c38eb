"""RTF cut by hand, as Word writes it."""

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0\fprq2{\*\panose 02020603050405020304}"
    r"Times New Roman{\*\falt Times};}{\f1\fswiss\fcharset163 Arial;}"
    r"{\f2\fnil\fcharset0 .VnTime;}{\f3\ftech\fcharset2 Symbol;}"
    r"{\f4\fnil\fcharset128 MS Mincho;}}"
)
HEAD = r"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + r"{\colortbl;\red0\green0\blue0;}"


def an_rtf(body: str) -> bytes:
    """Return a document with `body`; its letters beyond ASCII become `\\u`."""
    return (HEAD + letters(body) + "}").encode("ascii")


def letters(text: str) -> str:
    """Return text as Word writes it for programs with and without Unicode."""
    shown = []
    for sign in text:
        if sign.isascii():
            shown.append(sign)
            continue
        units = sign.encode("utf-16-le")
        for at in range(0, len(units), 2):
            number = int.from_bytes(units[at : at + 2], "little", signed=True)
            shown.append(rf"\u{number}?")
    return "".join(shown)


def r_row(*cells: str, form: str = "") -> str:
    """Return a row; `form` is what stands between `\\trowd` and its cells."""
    edges = form or "".join(rf"\cellx{2000 * n}" for n in range(1, len(cells) + 1))
    inner = "".join(rf"\pard\intbl {cell}\cell" for cell in cells)
    return rf"\trowd\trleft0{edges}{inner}\row"
