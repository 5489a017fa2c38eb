"""Take a picture of every page at three widths, and of the table as it is printed.

    python -m tests.pictures [FOLDER]

The office is the demo's, read anew; the pictures are overwritten.
"""

import sys
import tempfile
from pathlib import Path

import pypdfium2

from tests.builders.paged_office import page_of, page_paths, seeded
from tests.neighbours.browsing import browsing, log_in

WIDTHS = (360, 800, 1280)
HEIGHT = 900


def main(folder: Path) -> int:
    """Write NAME-WIDTH.png for each page and print-1.png; return 0."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as office,
        page_of(seeded(Path(office))) as address,
        browsing() as browser,
    ):
        page = browser.new_page()
        page.goto(f"{address}/login")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.screenshot(path=folder / f"login-{width}.png", full_page=True)
        log_in(page, address)
        for name, path in page_paths(page, address).items():
            page.goto(address + path)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": HEIGHT})
                target = folder / f"{name}-{width}.png"
                page.screenshot(path=target, full_page=True)
        page.goto(f"{address}/")
        printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        for number, sheet in enumerate(printed, 1):
            sheet.render(scale=1.5).to_pil().save(folder / f"print-{number}.png")
        printed.close()
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "var/pictures")))
