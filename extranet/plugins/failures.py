"""How often the hooks of plugins failed, and whom the host no longer asks until the restart."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

log = logging.getLogger(__name__)

# After so many failures in a row the host stops asking: a page need not wait for the next one.
PATIENCE = 5


@dataclass(slots=True)
class Tally:
    """What one hook of one plugin did since it was last written down, and lately in a row."""

    count: int = 0
    in_a_row: int = 0
    last_error: str = ""


class Failures:
    """The failures of one process."""

    def __init__(self) -> None:
        """Start without any."""
        self._tallies: dict[tuple[str, str], Tally] = {}
        self._lock = Lock()

    def note(self, plugin: str, hook: str, error: BaseException) -> None:
        """Log and count a failure; call it where the error is caught."""
        with self._lock:
            tally = self._tallies.setdefault((plugin, hook), Tally())
            tally.count += 1
            tally.in_a_row += 1
            tally.last_error = f"{type(error).__name__}: {error}"[:500]
            times = tally.in_a_row
        log.error("%s of the plugin %s failed", hook, plugin, exc_info=error)
        if times == PATIENCE:
            log.error("the plugin %s is not asked again before the restart", plugin)

    def forget_row(self, plugin: str, hook: str) -> None:
        """Note that a hook did well: its failures are no longer in a row."""
        tally = self._tallies.get((plugin, hook))
        if tally is not None and tally.in_a_row < PATIENCE:
            tally.in_a_row = 0

    def is_asleep(self, plugin: str) -> bool:
        """Tell whether the host stopped asking a plugin."""
        return any(
            name == plugin and tally.in_a_row >= PATIENCE
            for (name, _hook), tally in tuple(self._tallies.items())
        )

    def pending(self) -> Mapping[tuple[str, str], Tally]:
        """Return what was counted since it was last written down, by plugin and hook."""
        return {key: tally for key, tally in tuple(self._tallies.items()) if tally.count}

    def mark_written(self, counts: Mapping[tuple[str, str], int]) -> None:
        """Take off what has been written down meanwhile."""
        with self._lock:
            for key, count in counts.items():
                self._tallies[key].count -= count
