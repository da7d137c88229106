"""Which counts of residents somebody outside their municipality may see.

A count from 1 up to the smallest that may be shown is hidden; nobody is nobody, so 0 is shown. A
total is shown as well, unless a hidden count could be worked out from it: then only what is sure,
the sum of what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum as it may be shown: exactly `least`, or `least` or more."""

    least: int
    is_exact: bool


def shown(count: int, *, smallest: int) -> int | None:
    """Return a count, None when it is too small to show."""
    return None if 0 < count < smallest else count


def total_of(counts: Sequence[int], *, smallest: int) -> Total:
    """Return the total beside counts of which the small ones are hidden."""
    hidden = [count for count in counts if shown(count, smallest=smallest) is None]
    if _keeps_secret(hidden, smallest):
        return Total(least=sum(counts), is_exact=True)
    return Total(least=sum(counts) - sum(hidden), is_exact=False)


def sum_of_shown(counts: Sequence[int | None]) -> Total:
    """Return what counts that are shown or hidden add up to, for who sees nothing more."""
    return Total(
        least=sum(count for count in counts if count is not None),
        is_exact=None not in counts,
    )


def sum_of_totals(totals: Sequence[Total]) -> Total:
    """Return what totals add up to, without saying more than they do."""
    return Total(
        least=sum(total.least for total in totals),
        is_exact=all(total.is_exact for total in totals),
    )


def _keeps_secret(hidden: Sequence[int], smallest: int) -> bool:
    """Tell whether each hidden count may still be one of several when their sum is known.

    Also for a municipality that knows its own count and takes that off.
    """
    if not hidden:
        return True
    groups = [list(hidden)]
    groups += [[*hidden[:index], *hidden[index + 1 :]] for index in range(len(hidden))]
    return all(_is_vague(len(group), sum(group), smallest) for group in groups if group)


def _is_vague(size: int, total: int, smallest: int) -> bool:
    """Tell whether each of `size` counts from 1 up to `smallest` - 1 may be one of several."""
    largest = smallest - 1
    lowest = max(1, total - (size - 1) * largest)
    highest = min(largest, total - (size - 1))
    return highest > lowest
