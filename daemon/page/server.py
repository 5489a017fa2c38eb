"""The page on a port: uvicorn in a thread of its own, beside the daemon.

It touches no signal and writes no access log; what fails stands in the journal.
"""

import socket
import threading
import time
from dataclasses import dataclass, field

import uvicorn
from starlette.types import ASGIApp

#: Seconds that requests under way may still take once it is told to stop.
_GRACE = 2
#: Seconds until `stop` insists, and then gives up: together below five.
_INSIST, _GIVE_UP = 3.5, 1.0
_STARTING = 5.0
_BEAT = 0.01


@dataclass(slots=True)
class PageServer:
    """Serves one application; started once, stopped once."""

    app: ASGIApp
    host: str
    port: int
    _server: uvicorn.Server | None = field(default=None, init=False)
    _thread: threading.Thread | None = field(default=None, init=False)

    def start(self) -> int:
        """Return the port that is served, a free one where `port` is 0.

        Raises OSError when the address is taken or is not this machine's.
        """
        listener = self._listener()
        bound: int = listener.getsockname()[1]
        server = self._server = uvicorn.Server(self._config())
        self._thread = threading.Thread(
            target=server.run,
            kwargs={"sockets": [listener]},
            name="hopthu-page",
            daemon=True,
        )
        self._thread.start()
        end = time.monotonic() + _STARTING
        while not server.started and self._thread.is_alive():
            if time.monotonic() > end:
                break
            time.sleep(_BEAT)
        if not server.started:
            self.stop()
            listener.close()
            raise OSError("the page's server did not start")
        return bound

    def stop(self) -> None:
        """Close the port and end the thread, within five seconds."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(_INSIST)
        self._server.force_exit = True
        self._thread.join(_GIVE_UP)
        self._server = self._thread = None

    def _listener(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        return socket.create_server((self.host, self.port), family=family)

    def _config(self) -> uvicorn.Config:
        return uvicorn.Config(
            self.app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            # The application writes its own faults into the journal.
            log_level="critical",
            access_log=False,
            # A forwarded address would be believed in place of the peer's own.
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
