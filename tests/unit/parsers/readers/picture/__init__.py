"""The steps of reading a picture, each for itself."""
