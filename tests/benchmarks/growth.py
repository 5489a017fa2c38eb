"""Mark 12: what one more mail costs when few and when many are there already.

Ledger and folder are filled alike; the same new mails are then polled at both sizes,
in turn. A pass over a few mails is taken off, so that the program's start does not
hide the answer.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from daemon.commands.arguments import Common
from daemon.commands.office import open_office
from storage import folders as states
from storage.status import message_counts
from tests.benchmarks import corpus, folders, ledger
from tests.benchmarks.marks import Mark, Scale, figure
from tests.benchmarks.place import Place, WrongError
from tests.neighbours import dovecot

#: A batch of one reader.
_FEW = 8


@dataclass(slots=True)
class _Size:
    """One place with its fill, and what was found there; CPU seconds."""

    place: Place
    filled: int
    idle: list[float] = field(default_factory=list)
    mail: list[float] = field(default_factory=list)


@dataclass(slots=True)
class _Bench:
    server: dovecot.Dovecot
    mails: corpus.Corpus
    many: int
    delivered: int = 0

    def prepare(self, size: _Size) -> None:
        """Put small mails into folder and ledger as if they were read long ago."""
        user, count = size.place.user, size.filled
        before = corpus.FIRST - timedelta(days=1)
        small = ((ledger.small_mail(n), before) for n in range(1, count + 1))
        folders.deliver(self.server, user, small, "s")
        uidvalidity = self._listed(user, count)
        codes = [mail.unit for mail in self.mails.mails]
        common = Common(str(size.place.configuration), corpus.NOW, "bench", None)
        with open_office(common) as office:
            ledger.fill(office, count, codes, uidvalidity)
            state = states.FolderState(
                "bench",
                "INBOX",
                uidvalidity=uidvalidity,
                next_uid=count + 1,
                on_server=count,
                first_pass_done=True,
                last_success=office.clock.now(),
            )
            with office.database.write() as connection:
                states.save_folder(connection, state)

    def _listed(self, user: str, count: int) -> int:
        """Have the server number its mails; return the folder's UIDVALIDITY."""
        with self.server.client(user) as client:
            seen = client.select("INBOX")[1][0]
            assert seen is not None
            if int(seen) != count:
                raise WrongError(f"the server lists {seen!r} mails of {count}")
            told = client.response("UIDVALIDITY")[1][0]
            assert told is not None
            return int(told)

    def round(self, size: _Size, first: int) -> None:
        """Poll nothing, a few mails and many; keep what they cost."""
        size.idle.append(self._poll(size, first, 0))
        few = self._poll(size, first, _FEW)
        many = self._poll(size, first + _FEW, self.many)
        size.mail.append((many - few) / (self.many - _FEW))
        common = Common(str(size.place.configuration), corpus.NOW, "bench", None)
        with open_office(common) as office, office.database.read() as connection:
            held = message_counts(connection)
        wanted = size.filled + first + _FEW + self.many
        if held["processed"] != wanted:
            raise WrongError(f"{wanted} mails were sent, the ledger has {held}")

    def _poll(self, size: _Size, first: int, count: int) -> float:
        mails = folders.of(self.mails, first, count)
        folders.deliver(self.server, size.place.user, mails, f"n{first:06}x")
        return size.place.hopthu("poll").cpu


def run(scale: Scale) -> list[Mark]:
    """Return CPU a mail and of an idle poll, the larger size over the smaller."""
    many, rounds = scale.pick(72, 32, 112), scale.pick(3, 1, 5)
    small, large = scale.pick(1000, 300), scale.pick(20_000, 3000, 100_000)
    mails = corpus.make(scale.folder / "corpus", rounds * (many + _FEW))
    server = dovecot.start()
    try:
        bench = _Bench(server, mails, many)
        sizes = []
        for count in (small, large):
            user = f"grow{count}"
            folder = scale.folder / user
            place = Place(folder, server.port, user, mails.units, processes=1)
            sizes.append(_Size(place.write(), count))
            bench.prepare(sizes[-1])
        for number in range(rounds):
            for size in sizes:
                bench.round(size, number * (many + _FEW))
    finally:
        server.stop()
    return _marks(*sizes)


def _marks(small: _Size, large: _Size) -> list[Mark]:
    about = f"{large.filled} mails in ledger and folder / {small.filled}"
    mail = [b / a for a, b in zip(small.mail, large.mail, strict=True)]
    idle = [b / a for a, b in zip(small.idle, large.idle, strict=True)]
    return [
        Mark("12", f"CPU a mail, {about}", "<= 1.2", *figure(mail, "", 2)),
        Mark("12", "  CPU of an idle poll, the same", "<= 1.2", *figure(idle, "", 2)),
        Mark("12", "  CPU ms a mail", "", *_milliseconds(large.mail)),
        Mark("12", "  CPU ms of an idle poll", "", *_milliseconds(large.idle)),
    ]


def _milliseconds(seconds: list[float]) -> tuple[str, str]:
    return figure([one * 1000 for one in seconds])
