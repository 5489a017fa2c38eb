"""One pass over an outbox in a process that may be killed; arguments: URL, port."""

import sys

from daemon.dispatch import Dispatch, SmtpAccount
from daemon.holder import own_name
from storage.database import open_database
from tests.builders.outbox import ROOMY
from tests.integration.dispatch.conftest import SENDER, HandClock, composer


def main() -> None:
    url, port = sys.argv[1], int(sys.argv[2])
    account = SmtpAccount("127.0.0.1", port, "none", SENDER)
    database = open_database(url)
    Dispatch(
        database, HandClock(), composer, account, ROOMY, own_name(), {}
    ).pass_over()


if __name__ == "__main__":
    main()
