"""What Vietnamese office text needs: folding, and the words and spans of dates."""
