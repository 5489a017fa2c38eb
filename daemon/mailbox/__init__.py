"""The doors through which mail comes in: IMAP, a folder of files, files by hand.

It knows no storage: what is known comes in as values, what was found goes out.
"""
