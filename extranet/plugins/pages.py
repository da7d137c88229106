"""Pages of a plugin: a blueprint, and whether residents may open it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """A blueprint without a prefix of its own: the host mounts it.

    A plustaak's pages come under `/<region>/coalities/<coalition>/<name>`, a module's under
    `/<region>/<name>`; the blueprint is named after the plugin. Public pages come under
    `/p/<name>/<address>`, without region; their blueprint is named `<name>_public`, and every
    view of it is `@public`.
    """

    blueprint: Blueprint
    is_public: bool = False
