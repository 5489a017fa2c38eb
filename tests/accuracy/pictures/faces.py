"""The letters that papers are printed in: fonts that have all Vietnamese letters."""

from dataclasses import dataclass
from pathlib import Path

from tests import neighbours

_FONTS = Path("/usr/share/fonts")


@dataclass(frozen=True)
class Face:
    """A family as programs name it, and its files for those that want files."""

    family: str
    regular: str
    bold: str

    @property
    def regular_file(self) -> Path:
        return _found(_FONTS / self.regular)

    @property
    def bold_file(self) -> Path:
        return _found(_FONTS / self.bold)


def _face(family: str, folder: str, regular: str, bold: str) -> Face:
    return Face(
        family, f"truetype/{folder}/{regular}.ttf", f"truetype/{folder}/{bold}.ttf"
    )


#: What documents should be set in (Times New Roman's twin), then what they may be.
TINOS = _face("Tinos", "croscore", "Tinos-Regular", "Tinos-Bold")
ARIMO = _face("Arimo", "croscore", "Arimo-Regular", "Arimo-Bold")
OTHERS = (
    _face("DejaVu Serif", "dejavu", "DejaVuSerif", "DejaVuSerif-Bold"),
    _face("DejaVu Sans", "dejavu", "DejaVuSans", "DejaVuSans-Bold"),
    _face("Noto Serif", "noto", "NotoSerif-Regular", "NotoSerif-Bold"),
    _face("Noto Sans", "noto", "NotoSans-Regular", "NotoSans-Bold"),
    _face("FreeSerif", "freefont", "FreeSerif", "FreeSerifBold"),
)


def _found(path: Path) -> Path:
    if not path.exists():
        neighbours.absent(f"font {path.stem}")
    assert path.exists(), f"{path.name} is not installed: see .ci/setup"
    return path
