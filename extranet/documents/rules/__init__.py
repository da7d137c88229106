"""Which files come in, what they are called, and how documents read: values only."""
