"""The pages; the host mounts them and keeps out who may not come in."""

from __future__ import annotations

from extranet_infoavond.views import evenings, exports, letters, programme, releasing, styles
from extranet_infoavond.views.blueprint import blueprint, public_blueprint

__all__ = [
    "blueprint",
    "evenings",
    "exports",
    "letters",
    "programme",
    "public_blueprint",
    "releasing",
    "styles",
]
