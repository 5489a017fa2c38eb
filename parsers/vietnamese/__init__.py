"""What Vietnamese office text needs: folding, numbers, dates, legacy encodings."""
