"""Read a set that was made before, or some of it, and print how well.

python -m tests.accuracy.pictures.samples DIR [--seed N] [--count N]
python -m tests.accuracy.pictures DIR [--only CLASS] [--tag TAG] [--show N]
"""

import argparse
import sys
from pathlib import Path

from tests.accuracy.pictures.measure import told
from tests.accuracy.pictures.samples import CLASSES, PRINT, kept


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.pictures")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=(*CLASSES, PRINT), action="append")
    parser.add_argument("--tag", action="append", help="only files with all of these")
    parser.add_argument("--show", type=int, default=1000, help="failures shown")
    given = parser.parse_args()
    samples = [
        sample
        for sample in kept(given.folder)
        if (not given.only or sample.kind in given.only)
        and set(given.tag or ()) <= set(sample.tags)
    ]
    told(samples, given.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
