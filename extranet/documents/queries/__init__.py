"""Reads about documents: each asks for region, owner and what may be seen, and shows no more."""
