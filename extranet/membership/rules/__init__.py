"""Pure rules of membership: reading a population release of CBS, and comparing it."""

from extranet.membership.rules.cbs_files import DEFAULT_LIMIT
from extranet.membership.rules.cbs_problems import Kind, Problem, Severity, UnreadableRelease
from extranet.membership.rules.cbs_reading import read_release
from extranet.membership.rules.cbs_release import (
    ChangedFigure,
    Figure,
    NamedFile,
    Release,
    ReleaseDifference,
    RowCount,
    Skipped,
    compare,
)

__all__ = [
    "DEFAULT_LIMIT",
    "ChangedFigure",
    "Figure",
    "Kind",
    "NamedFile",
    "Problem",
    "Release",
    "ReleaseDifference",
    "RowCount",
    "Severity",
    "Skipped",
    "UnreadableRelease",
    "compare",
    "read_release",
]
