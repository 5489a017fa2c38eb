"""Let LibreOffice convert files by the batch; it is no reader of ours."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

_SECONDS = 600


def converted(files: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """Return what LibreOffice made of the files; those it failed on are left out."""
    if not files:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hopthu-office-") as profile:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(folder),
                *map(str, files),
            ],
            check=False,
            capture_output=True,
            timeout=_SECONDS,
        )
    ending = kind.partition(":")[0]
    made = [folder / f"{file.stem}.{ending}" for file in files]
    return [path for path in made if path.exists()]
