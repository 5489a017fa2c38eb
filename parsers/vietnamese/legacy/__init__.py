"""Tell the old encodings of Vietnamese apart, and decode them; judge what was lost.

Nothing here knows a file format: lines of runs come in, NFC letters go out.
"""
