"""Papers that a person hands in, as a reader child understood them.

It starts no child.
"""

import hashlib

from daemon.recording import Paper
from daemon.workbench import Outcome


def paper_from(outcome: Outcome, name: str, raw: bytes, rules: str) -> Paper | None:
    """Return the paper of a reading that was made under those rules; None without."""
    if outcome.reading is None or not outcome.encoded:
        return None
    digest = hashlib.sha256(raw).hexdigest()
    # A bare file is read otherwise than a mail of the same bytes.
    key = f"{digest}:{rules}:file"
    return Paper(name, raw, digest, outcome.reading, outcome.encoded, key)
