"""The command line: finds the command, tells errors in sentences, gives exit codes."""

import gc
import io
import logging
import sys
from collections.abc import Sequence

from config.faults import ConfigurationError
from daemon import journal
from daemon.commands import arguments
from daemon.commands.office import UsageError
from daemon.commands.refusal import say_refusal
from daemon.commands.terminal import say
from daemon.people import RefusalError
from storage.errors import StorageError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (CONTRACT: 2 before 3 before 1)."""
    _speak_utf8()
    # What was imported is not walked again, and mails leave few cycles behind.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    journal.start(logging.WARNING)
    parsed = arguments.parse(argv)
    try:
        return int(parsed.handler(parsed, arguments.common(parsed)))
    except ConfigurationError as error:
        say("configuration_faults", count=len(error.faults))
        for fault in error.faults:
            print(f"  {fault}", file=sys.stderr)
        return 2
    except UsageError as error:
        say(error.key, **error.parameters)
        return 2
    except RefusalError as error:
        say_refusal(error)
        return 2
    except StorageError as error:
        say("database_unreachable", detail=error)
        return 3
    except KeyboardInterrupt:
        say("interrupted")
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; there is nobody left to tell.
        sys.stderr.close()
        return 0


def _speak_utf8() -> None:
    """Answer in UTF-8 whatever the locale says: the contract's JSON is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
