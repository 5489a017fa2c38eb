"""Read pictures: scans, faxes, photos. Here they are only asked for, and counted.

What looks at them (`chain` and what it stands on) is imported by the slow child alone.
"""
