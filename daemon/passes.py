"""One pass: every door collected, what is waiting read and decided, the outbox sent.

`poll` makes one, `ingest` a part of one, and `run` many.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from daemon.collect import DOOR_FAULTS
from daemon.doors import Door, Doors
from daemon.intake import TOGETHER, Intake

#: Bytes of mail that may wait for the readers before a door is made to wait.
IN_HAND = 16 * 1024 * 1024
#: Seconds that the loop waits for a door before it looks at the readers again.
BEAT = 0.02


@dataclass(slots=True)
class Pass:
    """One pass over doors; `failed` holds the doors that could not be collected."""

    intake: Intake
    stopping: Callable[[], bool] = lambda: False
    failed: dict[str, Exception] = field(default_factory=dict)

    def collect(self, doors: Sequence[Door]) -> None:
        """Read and decide what the doors have, while they go on fetching."""
        opened = Doors(doors, DOOR_FAULTS)
        for kept in opened.batches(BEAT):
            self.intake.take(kept)
            self.intake.settle(0, TOGETHER)
            while self.intake.bytes_in_hand > IN_HAND:
                self.intake.settle(None, TOGETHER)
            if self.stopping():
                opened.stop()
        self.failed = opened.failed
        self.intake.finish()

    def work_off(self) -> None:
        """Read and decide everything that waits in the ledger and is due."""
        while not self.stopping() and self.intake.claim():
            self.intake.finish()
