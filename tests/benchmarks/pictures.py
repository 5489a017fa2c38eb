"""What one page that is a picture costs, beside Tesseract alone on the same page.

python -m tests.benchmarks pictures

Each kind of page is read in a process of its own, whose peak memory is the child's.
"""

import json
import resource
import subprocess
import sys
import time
from random import Random

import cv2
import numpy as np
import tesserocr

from parsers.readers.picture.chain import read_page
from parsers.readers.picture.parts import DATA
from tests.accuracy.pictures.camera import a_photo, photographed
from tests.accuracy.pictures.ink import Picture
from tests.benchmarks.marks import Mark, Scale, figure
from tests.benchmarks.place import WrongError
from tests.builders.scans import HEADS, a_form, pixels

#: The issue's own measure: a table of ten rows.
_ROWS = tuple(
    (str(n), f"Công trình số {n} khu phố", "Vận động hộ dân", f"Tháng {n}", "20 suất")
    for n in range(1, 11)
)
_MOST_TIMES = 12
_MIB = 1024


def run(scale: Scale) -> list[Mark]:
    """Return seconds of processor time a page, in times of Tesseract's, and memory."""
    rounds = scale.pick(3, 1, 5)
    marks: list[Mark] = []
    for kind in ("scan", "photo"):
        found = [_measured(kind) for _ in range(rounds)]
        times = [f["ours"] / f["alone"] for f in found]
        asked = f"<= {_MOST_TIMES}" if kind == "scan" else ""
        ours = [f["ours"] for f in found]
        peaks = [f["peak"] for f in found]
        marks += [
            Mark("", f"one {kind} read, CPU", "", *figure(ours, " s")),
            Mark("17", "  times Tesseract alone", asked, *figure(times)),
            Mark("17", "  most memory", "<= 2048 MiB", *figure(peaks, " MiB", 0)),
        ]
    return marks


def _measured(kind: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.pictures", kind]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise WrongError(f"a {kind} was not read: {done.stderr[-300:]}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def a_page(kind: str) -> Picture:
    """Return the page that is read: a scan of 200 dots an inch, or its photo."""
    sheet = pixels(a_form(_ROWS))
    if kind == "scan":
        return sheet
    random = Random(17)
    return photographed(sheet, a_photo(random), random)


def _alone(page: Picture) -> float:
    """Return the seconds that Tesseract needs for the whole page as it comes."""
    grey = np.ascontiguousarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))
    high, wide = grey.shape
    with tesserocr.PyTessBaseAPI(
        path=str(DATA.parent), lang=DATA.stem, psm=tesserocr.PSM.AUTO
    ) as engine:
        since = time.process_time()
        engine.SetImageBytes(grey.tobytes(), wide, high, 1, wide)
        engine.GetUTF8Text()
        return time.process_time() - since


def main() -> int:
    """Read one page and print what it cost; nets are loaded before the clock runs."""
    page = a_page(sys.argv[1])
    read_page(pixels(a_form()), 0)
    since = time.process_time()
    reading = read_page(page, 0)
    ours = time.process_time() - since
    lines = [line.text for line in reading.page.lines]
    if not any(HEADS[0] in line for line in lines):
        raise WrongError(f"the page was not read: {lines[:5]}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB
    print(json.dumps({"ours": ours, "alone": _alone(page), "peak": peak}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
