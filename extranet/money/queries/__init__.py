"""Reads of the money domain; what pages show often comes from statements that are built once."""
