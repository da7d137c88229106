"""Pure functions on values."""
