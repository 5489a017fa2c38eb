"""How long to wait before a mailbox is tried again, as a pure function.

It keeps no clock and no count, and it never switches an account off.
"""

from typing import Literal

#: What the last attempts failed of.
Trouble = Literal["unreachable", "login_refused", "throttled"]

MINUTE = 60.0
HOUR = 60 * MINUTE

#: Seconds of the first wait, and of the longest.
_FIRST = {"unreachable": 5.0, "throttled": HOUR}
_LONGEST = {"unreachable": 15 * MINUTE, "throttled": 24 * HOUR}
# Providers lock an account that is tried too often: three tries in a quarter of an
# hour (now, after 6 and after 12 minutes), then one an hour.
_LOGIN_TRIES = 3
_LOGIN_GAP = 6 * MINUTE
#: The jitter takes away at most this part, so that no wait exceeds its longest.
_SPREAD = 0.2


def next_delay(trouble: Trouble, failures: int, chance: float) -> float:
    """Return the seconds until the next attempt.

    `failures` counts the attempts that failed in a row of this trouble, from 1.
    `chance` is a random number in [0, 1) and shortens the wait by up to a fifth, so
    that several daemons do not come back in step; a refused login is never tried
    earlier than promised.
    """
    if failures < 1:
        raise ValueError("a delay follows at least one failure")
    if trouble == "login_refused":
        return _LOGIN_GAP if failures < _LOGIN_TRIES else HOUR
    # The exponent is capped because a long outage would overflow a float.
    doubled = _FIRST[trouble] * 2.0 ** min(failures - 1, 30)
    return min(doubled, _LONGEST[trouble]) * (1 - _SPREAD * chance)
