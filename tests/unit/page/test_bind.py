"""Where a page that nobody logs in to may be served: on this machine and no other."""

from pathlib import Path

import pytest

from config.options import Web
from daemon.commands.office import UsageError
from daemon.commands.served import check_bind


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_needs_no_users(host: str) -> None:
    check_bind(Web(host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "hopthu.example"])
def test_an_address_that_others_reach_is_refused_without_users(host: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_bind(Web(host))
    assert caught.value.key == "web_needs_users"
    check_bind(Web(host, users_file=Path("users")))
