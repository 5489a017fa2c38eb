"""Name the libraries and weights that looking at pictures needs, and which are absent.

Nothing of them is imported: where they lie is asked for.
"""

import importlib.util
from functools import lru_cache
from pathlib import Path

#: Modules, each with the files of weights below it that must be there.
_PARTS: dict[str, tuple[str, ...]] = {
    "cv2": (),
    "onnxruntime": (),
    "tesserocr": (),
    "PIL": (),
    "pi_heif": (),
    "asterocr": ("assets/asternet.onnx", "assets/vocab.json"),
    "trueocr": (
        *("models/rec.onnx", "models/det.onnx", "models/orient.onnx"),
        "models/meta.json",
    ),
}
#: The language's data for Tesseract, which lie in this package.
DATA = Path(__file__).parent / "weights" / "vie.traineddata"


def missing_parts() -> tuple[str, ...]:
    """Return the names of what is not installed, asked anew each time."""
    absent = [name for name, files in _PARTS.items() if not _is_there(name, files)]
    if not DATA.is_file():
        absent.append(DATA.name)
    return tuple(absent)


def _is_there(module: str, files: tuple[str, ...]) -> bool:
    folder = folder_of(module)
    return folder is not None and all((folder / name).is_file() for name in files)


@lru_cache(maxsize=16)
def _known(module: str) -> Path | None:
    spec = importlib.util.find_spec(module)
    if spec is None:
        return None
    places = spec.submodule_search_locations or [str(Path(spec.origin or ".").parent)]
    return Path(places[0])


def folder_of(module: str) -> Path | None:
    """Return the folder of an installed module; None where there is none."""
    found = _known(module)
    if found is None:
        # It may be installed while we run.
        _known.cache_clear()
        importlib.invalidate_caches()
        found = _known(module)
    return found
