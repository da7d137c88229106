"""The pages; the host mounts them and keeps out who may not come in."""

from __future__ import annotations

from extranet_infoavond.views import (
    attendance,
    evenings,
    initiatives,
    pages,
    public,
    results,
    signups,
)
from extranet_infoavond.views.blueprint import blueprint, public_blueprint

__all__ = [
    "attendance",
    "blueprint",
    "evenings",
    "initiatives",
    "pages",
    "public",
    "public_blueprint",
    "results",
    "signups",
]
