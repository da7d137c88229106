"""The pages; the host mounts them and keeps out who may not come in."""

from __future__ import annotations

from extranet_infoavond.views import (
    attendance,
    evenings,
    exports,
    initiatives,
    letters,
    pages,
    programme,
    public,
    releasing,
    results,
    signups,
    styles,
)
from extranet_infoavond.views.blueprint import blueprint, public_blueprint

__all__ = [
    "attendance",
    "blueprint",
    "evenings",
    "exports",
    "initiatives",
    "letters",
    "pages",
    "programme",
    "public",
    "public_blueprint",
    "releasing",
    "results",
    "signups",
    "styles",
]
