"""One file a step; each says what it does to a database that people already use."""
