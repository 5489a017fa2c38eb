"""One file a container format: payload -> the parts in it, the same signature in each.

Nothing is written to disk, no size that a container claims is believed, and no member
is read as anything but bytes: what a part is, others ask.
"""
