"""The web page: what the database says, as HTML for people and as health for monitors.

It changes nothing and knows neither settings nor SQL; who starts it hands both in.
"""
