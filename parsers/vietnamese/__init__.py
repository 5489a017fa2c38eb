"""What Vietnamese office text needs: folding, old encodings, words and spans of dates."""
