"""Office files cut by hand: the XML of the parts that a test is about, the rest filled.

Real writers shape the XML in few ways; these shape it in all that the standard allows.
"""

import io
import zipfile
from collections.abc import Mapping

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_VENDOR = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "xl/workbook.xml": f"{_VENDOR}.spreadsheetml.sheet.main+xml",
    "word/document.xml": f"{_VENDOR}.wordprocessingml.document.main+xml",
}


def a_zip(
    members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Return a zip file of `members` by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name, (2021, 6, 2, 8, 0, 0)), content, method)
    return out.getvalue()


def content_types(main: str) -> str:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Override PartName="/{main}" ContentType="{_TYPES[main]}"/></Types>'
    )


def relations(of: Mapping[str, tuple[str, str]]) -> str:
    """Return a relations part: identifier -> last word of the type, target."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in of.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def a_workbook(
    *sheets: str,
    strings: str | None = None,
    styles: str = "",
    properties: str = "",
    more: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """Return a workbook of `sheets`, each the inside of `<worksheet>`.

    `strings` is the inside of `<sst>`, `styles` of `<styleSheet>`, `properties` the
    attributes of `<workbookPr>`. `more` adds or replaces members.
    """
    listed, linked = "", {}
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": content_types("xl/workbook.xml")
    }
    for number, inside in enumerate(sheets, 1):
        key = f"rId{number}"
        listed += f'<sheet name="Sheet{number}" sheetId="{number}" r:id="{key}"/>'
        linked[f"rId{number}"] = ("worksheet", f"worksheets/sheet{number}.xml")
        members[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{SHEET}">{inside}</worksheet>'
        )
    if strings is not None:
        linked["rIdS"] = ("sharedStrings", "sharedStrings.xml")
        members["xl/sharedStrings.xml"] = f'<sst xmlns="{SHEET}">{strings}</sst>'
    if styles:
        linked["rIdT"] = ("styles", "styles.xml")
        members["xl/styles.xml"] = f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>'
    members["_rels/.rels"] = relations({"rId1": ("officeDocument", "xl/workbook.xml")})
    members["xl/workbook.xml"] = (
        f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><workbookPr {properties}/>'
        f"<sheets>{listed}</sheets></workbook>"
    )
    members["xl/_rels/workbook.xml.rels"] = relations(linked)
    return a_zip(members | dict(more or {}))


def rows_xml(*rows: str) -> str:
    """Return sheet data of rows, each the inside of `<row>`."""
    inner = "".join(f'<row r="{i}">{row}</row>' for i, row in enumerate(rows, 1))
    return f"<sheetData>{inner}</sheetData>"


def a_document(
    body: str, more: Mapping[str, bytes | str] | None = None, **linked: str
) -> bytes:
    """Return a document with `body` inside `<w:body>`.

    `linked` gives further parts by kind (`numbering`, `styles`, `header`), each the
    whole inside of its root element.
    """
    roots = {
        "numbering": "numbering",
        "styles": "styles",
        "header": "hdr",
        "footer": "ftr",
    }
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": content_types("word/document.xml"),
        "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": word_xml("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(
            {f"r{kind}": (kind, f"{kind}.xml") for kind in linked}
        ),
    }
    for kind, inside in linked.items():
        members[f"word/{kind}.xml"] = word_xml(roots[kind], inside)
    return a_zip(members | dict(more or {}))


def word_xml(root: str, inside: str) -> str:
    spaces = (
        f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    return f"<w:{root} {spaces}>{inside}</w:{root}>"


def w_p(text: str = "", properties: str = "") -> str:
    """Return a paragraph of one run."""
    inner = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{inner}{run}</w:p>"


def w_tc(inside: str, properties: str = "") -> str:
    """Return a table cell; `inside` without a tag is its only paragraph."""
    inner = inside if inside.startswith("<") else w_p(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def w_tr(*cells: str, properties: str = "") -> str:
    inner = "".join(c if c.startswith("<w:") else w_tc(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def w_tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"
