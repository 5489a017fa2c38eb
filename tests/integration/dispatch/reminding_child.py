"""Remind and send in a process that may be killed; arguments: URL, port, instant."""

import sys
from datetime import datetime

from daemon.dispatch import Dispatch, SmtpAccount
from daemon.holder import own_name
from storage.database import open_database
from tests.builders.outbox import ROOMY
from tests.integration.dispatch.conftest import SENDER, HandClock, composer
from tests.integration.dispatch.reminded import reminding


def main() -> None:
    url, port, now = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    clock = HandClock(datetime.fromisoformat(now))
    account = SmtpAccount("127.0.0.1", port, "none", SENDER)
    database = open_database(url)
    office = reminding(database, clock)
    office.queue()
    Dispatch(
        database,
        clock,
        composer,
        account,
        ROOMY,
        own_name(),
        {},
        look_again=office.look_again,
    ).pass_over()


if __name__ == "__main__":
    main()
