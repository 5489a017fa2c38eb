"""Print documents to PDF by other programs in many looks; see how they are read."""
