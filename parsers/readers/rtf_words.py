"""The words of RTF that matter to a reader of its text, by what is done with them.

Source: Rich Text Format specification 1.9.1.
"""

WORD_SIGNS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "nestcell": "",
}
SIGNS = {"~": "\xa0", "_": "-", "-": "\u00ad", "{": "{", "}": "}", "\\": "\\"}
#: Groups that are left out though nothing marks them as such.
DROPPED = frozenset(
    (
        *("colortbl", "stylesheet", "info", "pict", "object", "footnote", "annotation"),
        *("fldinst", "shprslt", "sp", "nonesttables", "headerl", "footerl", "ftnsep"),
        *("ftnsepc", "aftnsep", "listtable", "listoverridetable", "revtbl", "filetbl"),
        *("template", "xe", "tc", "txe", "rxe", "bkmkstart", "bkmkend", "datafield"),
        *("docvar", "ftncn", "aftncn", "aftnsepc", "pnseclvl", "private"),
    )
)
#: Groups marked as new to old programs (`\\*`) that are entered all the same.
ENTERED = frozenset(("shpinst", "nesttableprops", "ud", "do", "shptxt", "fldrslt"))
#: Bullets stand in symbol fonts whose codes are no letters.
BULLET = "•"
PRIVATE_USE = range(0xE000, 0xF900)
BOXES = frozenset(("shptxt", "dptxbxtext"))
AROUND = {
    "header": "header",
    "headerr": "header",
    "headerf": "header",
    "footer": "footer",
    "footerr": "footer",
    "footerf": "footer",
}
MERGES = {
    "clvmgf": ("down", "restart"),
    "clvmrg": ("down", "continue"),
    "clmgf": ("across", "restart"),
    "clmrg": ("across", "continue"),
}
