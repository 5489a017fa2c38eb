"""The vocabulary of the whole house: frozen records that every room may import."""
