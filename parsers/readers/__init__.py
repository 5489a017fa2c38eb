"""One file a format: payload -> Document, the same signature in each."""
