"""Bytes in, values out: the functional core. No clock, process, socket or database."""
