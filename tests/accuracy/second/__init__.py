"""A second labelled set, thought out by hand and apart from the generator beside it."""
