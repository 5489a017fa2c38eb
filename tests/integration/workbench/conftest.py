"""What LibreOffice itself wrote, for the tests of its conversions."""

import subprocess

import pytest

from daemon.demo.documents import Letterhead, word
from daemon.demo.works import rows
from tests import neighbours

WARD = Letterhead(("ĐẢNG BỘ QUẬN 3", "ĐẢNG ỦY PHƯỜNG 10", "*"), state=False)


@pytest.fixture(scope="session")
def a_docx() -> bytes:
    return word(WARD, rows(10), "Lê Minh Tuấn")


@pytest.fixture(scope="session")
def a_doc(tmp_path_factory: pytest.TempPathFactory, a_docx: bytes) -> bytes:
    """Return what LibreOffice makes of it for Word 97."""
    folder = tmp_path_factory.mktemp("doc")
    (folder / "bang.docx").write_bytes(a_docx)
    program = neighbours.tool("soffice", "LibreOffice")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", "doc:MS Word 97"]
    command += ["--outdir", str(folder), str(folder / "bang.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "bang.doc").read_bytes()
