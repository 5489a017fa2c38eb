"""The imperative shell, and the policy that belongs to no file format."""
