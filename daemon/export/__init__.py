"""Tables into files: pure, bytes out. It reads no database."""
