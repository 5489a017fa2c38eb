"""Tables whose truth is known, printed to PDF by several programs, and the measures."""
