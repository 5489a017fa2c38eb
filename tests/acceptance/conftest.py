"""Real neighbours of the commands."""

from tests.integration.conftest import dovecot, user  # noqa: F401
