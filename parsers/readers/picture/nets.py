"""Open the nets that packages bring along: which files they are, and how they are run.

It knows nothing of what they read. One thread, no arena: a page's pictures differ in
size, and the arena would keep the largest of each.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import onnxruntime

from parsers.errors import ProgramMissingError
from parsers.readers.picture.parts import folder_of

#: Package -> the folder of its weights.
_FOLDERS = {"asterocr": "assets", "trueocr": "models"}


def weights(package: str, name: str) -> Path:
    """Return a file of weights; raises ProgramMissingError where it is not there."""
    folder = folder_of(package)
    if folder is None or not (folder / _FOLDERS[package] / name).is_file():
        raise ProgramMissingError(package)
    return folder / _FOLDERS[package] / name


@lru_cache(maxsize=8)
def net(package: str, name: str) -> Any:
    """Return the running net of a package, started once a process."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        weights(package, name).read_bytes(), options, providers=["CPUExecutionProvider"]
    )


@lru_cache(maxsize=4)
def told(package: str, name: str) -> Any:
    """Return the JSON that lies beside a net."""
    return json.loads(weights(package, name).read_text("utf-8"))
