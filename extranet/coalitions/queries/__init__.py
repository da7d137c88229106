"""Reads about coalitions."""
