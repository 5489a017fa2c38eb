"""Small files that a reader cannot survive, though every size and ratio is allowed."""

import base64
import hashlib
import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: A paragraph is seven bytes here and some hundred and twenty in a tree.
_PARAGRAPH = b"<w:p/>"


def noise(size: int) -> bytes:
    """Return letters that no program can pack well, always the same."""
    found = bytearray()
    number = 0
    while len(found) < size:
        found += hashlib.sha512(b"%d" % number).digest()
        number += 1
    return base64.b64encode(bytes(found))[:size]


def a_document_bomb() -> bytes:
    """Return a .docx below one megabyte whose tree needs more than 1 GiB."""
    inside = _PARAGRAPH * 10_000_000
    padding = b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % noise(len(inside) // 70)
    body = b"<w:body>" + padding + inside + b"</w:body>"
    document = b'<w:document xmlns:w="%s">%s</w:document>' % (_W.encode(), body)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", document)
    return stream.getvalue()


def a_body_bomb(kinds: int = 1000, paragraphs: int = 40_000) -> str:
    """Return HTML of some hundred kilobytes that a parser must make millions of nodes
    of: each paragraph opens every unclosed font anew (HTML Standard 13.2.4.3).
    """
    fonts = "".join(f"<font size=1 id=f{n}>" for n in range(kinds))
    return f"<html><body><p>{fonts}{'<p>x' * paragraphs}</body></html>"
