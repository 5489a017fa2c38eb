"""The only room that starts a process: readers live here, limited and mortal.

It knows nothing of mailboxes, databases or what a reading means.
"""

from daemon.workbench.jobs import Failure, Job, Outcome
from daemon.workbench.office import OfficeProgram
from daemon.workbench.pool import Workbench
from daemon.workbench.recogniser import Eyes

__all__ = ["Eyes", "Failure", "Job", "OfficeProgram", "Outcome", "Workbench"]
