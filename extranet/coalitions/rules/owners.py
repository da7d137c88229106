"""What agreements, households and documents call a plustaak: they know it by this word alone."""

from __future__ import annotations

PREFIX = "plustaak:"


def owner_of(plustaak_id: int) -> str:
    """Return what agreements, households and documents call a plustaak."""
    return f"{PREFIX}{plustaak_id}"


def plustaak_of(owner: str) -> int | None:
    """Return the number of the plustaak that an owner is, None when it is something else."""
    number = owner.removeprefix(PREFIX)
    return int(number) if owner.startswith(PREFIX) and number.isdecimal() else None
