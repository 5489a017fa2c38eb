"""What is due when: steps by the Vietnamese calendar, and who is reminded at `now`.

Pure: the clock, the plan and what was sent are handed in; nothing wakes or sends here.
"""
