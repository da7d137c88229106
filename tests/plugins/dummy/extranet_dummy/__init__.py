"""A plustaak that does nothing useful and uses every extension point."""
