"""What agreements, households and documents call a plustaak: they know it by this word alone."""

from __future__ import annotations

PREFIX = "plustaak:"


def owner_of(plustaak_id: int) -> str:
    """Return what agreements, households and documents call a plustaak."""
    return f"{PREFIX}{plustaak_id}"
