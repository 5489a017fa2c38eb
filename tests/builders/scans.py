"""Printed pages as a scanner or a phone hands them over: pixels, nothing else."""

import io

import cv2
import numpy as np
import pypdfium2
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.builders.pdf import FONT, a_pdf

HEADS = ("STT", "Tên công trình", "Hình thức thực hiện", "Thời gian", "Kết quả dự kiến")
WORKS = (
    ("1", "Hẻm văn minh", "Tuyên truyền", "Tháng 6/2021", "Trao 20 suất"),
    ("2", "Bếp ăn tình thương", "Vận động", "Quý III/2021", "Sửa 03 căn nhà"),
    ("3", "Nụ cười công dân", "Trực tiếp", "Cả năm", "100% hài lòng"),
)
_EDGES = (60.0, 95.0, 215.0, 335.0, 430.0, 545.0)
Rows = tuple[tuple[str, ...], ...]


def a_form(rows: Rows = WORKS, heads: bool = True, unit: str = "PHƯỜNG 10") -> bytes:
    """Return a printed registration form as a PDF with text; `rows` are its works."""
    table = (HEADS, *rows) if heads else rows

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 13)
        if heads:
            canvas.drawString(80, 780, "ĐẢNG BỘ QUẬN 3")
            canvas.drawString(80, 762, f"ĐẢNG ỦY {unit}")
            canvas.drawString(230, 720, "BẢNG ĐĂNG KÝ")
        top = 690.0
        ys = [top - 24 * i for i in range(len(table) + 1)]
        canvas.setLineWidth(0.8)
        canvas.grid(_EDGES, ys)
        canvas.setFont(FONT, 12)
        for y, row in zip(ys, table, strict=False):
            for x, text in zip(_EDGES, row, strict=False):
                canvas.drawString(x + 5, y - 16, text)
        canvas.setFont(FONT, 13)
        canvas.drawString(360, ys[-1] - 40, "TM. BAN THƯỜNG VỤ")
        canvas.drawString(400, ys[-1] - 58, "BÍ THƯ")
        canvas.drawString(370, ys[-1] - 130, "Lê Minh Tuấn")

    return a_pdf(draw)


def pixels(pdf: bytes, dpi: int = 200) -> np.ndarray:
    """Return the first page in RGB, as a scanner sees it."""
    page = pypdfium2.PdfDocument(pdf)[0]
    drawn = page.render(scale=dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3]
    noise = np.random.default_rng(7).normal(0, 3, drawn.shape[:2])[:, :, None]
    soft = cv2.GaussianBlur(np.ascontiguousarray(drawn), (0, 0), 0.6)
    return np.clip(soft * 0.95 + 6 + noise, 0, 255).astype(np.uint8)


def sealed(page: np.ndarray, x: float, y: float) -> np.ndarray:
    """Return the page with a round red seal, its middle at shares of its sides."""
    high, wide = page.shape[:2]
    centre, radius = (round(wide * x), round(high * y)), round(wide * 0.085)
    ink = np.full(page.shape, 255, np.uint8)
    cv2.circle(ink, centre, radius, (210, 40, 50), max(3, radius // 22))
    cv2.circle(ink, centre, round(radius * 0.68), (210, 40, 50), max(2, radius // 40))
    return (page.astype(np.float32) * ink / 255).astype(np.uint8)


def a_scan(*pages: np.ndarray, dpi: int = 200) -> bytes:
    """Return a PDF whose pages are pictures."""
    return _saved(pages, "PDF", resolution=dpi)


def a_tiff(*pages: np.ndarray) -> bytes:
    """Return a TIFF of several pages."""
    return _saved(pages, "TIFF", compression="tiff_lzw")


def a_jpeg(page: np.ndarray) -> bytes:
    """Return one picture."""
    return _saved((page,), "JPEG", quality=88)


def _saved(pages: tuple[np.ndarray, ...], form: str, **more: object) -> bytes:
    first, *rest = [Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    more = more if form == "JPEG" else {**more, "save_all": True, "append_images": rest}
    first.save(out, form, **more)
    return out.getvalue()
