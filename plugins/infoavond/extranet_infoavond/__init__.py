"""Evenings, the letters to them and what comes out. Does not own: who takes part, the money."""
