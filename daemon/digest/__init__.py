"""The daily report to the staff: when it is due, what it says, one a recipient.

It composes no word and sends nothing.
"""
