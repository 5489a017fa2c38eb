"""How well mails and files are understood, measured on labelled ones made at random."""
