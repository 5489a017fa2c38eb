"""PDFs drawn on a canvas, or cut by hand: what a test is about, the rest filled."""

import io
from collections.abc import Callable, Sequence

from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = "Tinos"
_FILE = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
A4 = (595.0, 842.0)


def a_pdf(
    *pages: Callable[[Canvas], None],
    size: tuple[float, float] = A4,
    password: str | None = None,
) -> bytes:
    """Return a PDF of `pages`, each drawn by its function in Tinos 12."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, _FILE))
    out = io.BytesIO()
    lock = None
    if password is not None:
        lock = pdfencrypt.StandardEncryption(password, ownerPassword="owner")
    canvas = Canvas(out, pagesize=size, encrypt=lock, invariant=1)
    for draw in pages:
        canvas.setFont(FONT, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def texts(*placed: tuple[float, float, str]) -> Callable[[Canvas], None]:
    """Return what draws texts at x, y from the page's bottom left."""

    def draw(canvas: Canvas) -> None:
        for x, y, text in placed:
            canvas.drawString(x, y, text)

    return draw


def ruled(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float] = (40, 160, 160),
    top: float = 700,
) -> Callable[[Canvas], None]:
    """Return what draws a table with all of its rules, 20 points a row."""

    def draw(canvas: Canvas) -> None:
        xs = [60.0]
        for width in widths:
            xs.append(xs[-1] + width)
        ys = [top - 20 * number for number in range(len(rows) + 1)]
        canvas.grid(xs, ys)
        for row, y in zip(rows, ys[1:], strict=True):
            for text, x in zip(row, xs, strict=False):
                canvas.drawString(x + 3, y + 6, text)

    return draw


def picture(canvas: Canvas) -> None:
    """Draw a picture over the whole page."""
    image = Image.new("RGB", (60, 80), (190, 180, 170))
    canvas.drawImage(ImageReader(image), 0, 0, *A4)


def unseen(x: float, y: float, text: str) -> Callable[[Canvas], None]:
    """Return what writes a text that is not drawn, as text recognisers do."""

    def draw(canvas: Canvas) -> None:
        written = canvas.beginText(x, y)
        written.setTextRenderMode(3)
        written.setFont(FONT, 12)
        written.textLine(text)
        canvas.drawText(written)

    return draw


def cut_by_hand(*objects: bytes) -> bytes:
    """Return a PDF of numbered objects; the first is the catalogue."""
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)
    )
