"""Reads; `get_x` raises NotFound, `find_x` returns None."""
