"""What staff are told at once: judged from what is stored, told once, ended once.

It mends nothing: what is broken tries again by itself or waits for a person.
"""
