"""How a refusal is said: the sentence of what could not be done, and why.

Nothing was written where one is said.
"""

from daemon.commands.terminal import say
from daemon.compose import word
from daemon.people import RefusalError

#: A parameter that is a word of the program -> where its Vietnamese stands.
_WORDS = {"reason": "reasons", "phase": "phases"}


def say_refusal(error: RefusalError) -> None:
    """Say a refusal on standard error."""
    shown = {
        name: word(_WORDS[name], str(value)) if name in _WORDS and value else value
        for name, value in error.parameters.items()
    }
    say(error.key, **shown)
