"""A real browser without a window, spoken to through its debugging pipe."""

import fcntl
import json
import os
import subprocess
import tempfile
from base64 import b64decode
from typing import Any

from tests import neighbours

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--remote-debugging-pipe",
)


def _pipe() -> tuple[int, int]:
    """Return both ends of a pipe, numbered out of the way of 3 and 4."""
    low = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low]
    for end in low:
        os.close(end)
    return high[0], high[1]


class Chromium:
    """One tab. Where Chromium is not installed, whoever asks for it fails."""

    def __init__(self) -> None:
        program = neighbours.need("chromium", "Chromium")
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        heard, to_browser = _pipe()
        from_browser, said = _pipe()
        # The browser reads file descriptor 3 and writes 4; only a shell can name them,
        # and dash knows no descriptor of two digits.
        line = f'exec "$@" 3<&{heard} 4>&{said} {heard}<&- {said}>&-'
        profile = f"--user-data-dir={self._folder.name}"
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", line, "bash", program, *FLAGS, profile, "about:blank"],
            pass_fds=(heard, said),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(heard)
        os.close(said)
        self._out = os.fdopen(to_browser, "wb", buffering=0)
        self._in = os.fdopen(from_browser, "rb")
        self._number = 0
        self._session: str | None = None
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._call("Page.enable")
        product: str = self._call("Browser.getVersion")["product"]
        neighbours.used(f"Chromium {product.partition('/')[2]}")

    def open(self, address: str, width: int, height: int = 900) -> None:
        """Show a page in a window of so many CSS pixels, until it is loaded."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1}
        self._call("Emulation.setDeviceMetricsOverride", **size, mobile=False)
        self._call("Page.navigate", url=address)
        while self._message().get("method") != "Page.loadEventFired":
            pass

    def evaluate(self, script: str) -> Any:
        """Return what an expression is worth on the page that is shown."""
        found = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        return found["result"]["value"]

    def printed(self) -> bytes:
        """Return the page that is shown as a PDF, on the paper that its CSS names."""
        asked = {"preferCSSPageSize": True, "printBackground": True}
        return b64decode(self._call("Page.printToPDF", **asked)["data"])

    def pictured(self) -> bytes:
        """Return what the window shows as a PNG."""
        return b64decode(self._call("Page.captureScreenshot", format="png")["data"])

    def close(self) -> None:
        """End the browser."""
        self._out.close()
        self._in.close()
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        self._folder.cleanup()

    def _call(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        asked: dict[str, object] = {"id": self._number, "method": method}
        asked["params"] = parameters
        if self._session:
            asked["sessionId"] = self._session
        self._out.write(json.dumps(asked).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == self._number:
                assert "result" in message, message
                found: dict[str, Any] = message["result"]
                return found

    def _message(self) -> dict[str, Any]:
        octets = bytearray()
        while (octet := self._in.read(1)) != b"\0":
            assert octet, "the browser is gone"
            octets += octet
        found: dict[str, Any] = json.loads(octets)
        return found
