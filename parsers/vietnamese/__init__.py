"""What Vietnamese office text needs: folding, old encodings, and the spans of dates."""
