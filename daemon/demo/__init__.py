"""`hopthu demo`: the main job on sample mails, between servers on loopback.

The servers are libraries; nothing here is used by the daemon itself.
"""
