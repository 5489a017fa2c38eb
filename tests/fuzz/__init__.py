"""Golden files, damaged in many ways, against the reader: only a reading is fine.

    make fuzz MINUTES=60   or   python -m tests.fuzz --minutes 60 [--seed S] [--from N]

Each damaged file follows from (seed, number) alone, so that a run goes on where the
last one ended and any fault can be had again.
"""
