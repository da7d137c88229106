"""Who may use which route: every view carries a rule, and a view without one stops the boot.

A stranger is sent to the sign-in page. Somebody without a seat in the region gets a 404, because
they may not know that the page exists; with a seat but without the permission it is a 403.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, url_for
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from extranet.access import Actor, Permission, RegionRef, permits, stand_in
from extranet.errors import NotAllowed, NotFound
from extranet.i18n import Text

View = TypeVar("View", bound=Callable[..., Any])
LOADER = "extranet_actor_loader"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may use a view: everybody, whoever is signed in, or who holds a permission."""

    is_public: bool = False
    permission: Permission | None = None


class SignedInUser:
    """What Flask-Login asks of a user, around the actor that our own session table gives."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, actor: Actor, token: str) -> None:
        """Keep the actor and the session token that it came from."""
        self.actor = actor
        self._token = token

    def get_id(self) -> str:
        """Return the session token; it, not the person, is what the cookie remembers."""
        return self._token


def public(view: View) -> View:
    """Let everybody use this view."""
    return _with_rule(view, Rule(is_public=True))


def signed_in(view: View) -> View:
    """Let everybody who is signed in use this view."""
    return _with_rule(view, Rule())


def requires(permission: Permission) -> Callable[[View], View]:
    """Let only those use this view who hold the permission where they stand."""
    return lambda view: _with_rule(view, Rule(permission=permission))


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """Return the rule of a view, None when it has none."""
    return cast("Rule | None", getattr(view, "access_rule", None))


def current_actor() -> Actor:
    """Return who is asking, standing in the region of the address; only for signed-in views."""
    actor = find_actor()
    if actor is None:
        raise NotAllowed(Text("Sign in first."))
    return actor


def current_region() -> RegionRef:
    """Return the region of the address; who has no seat there does not learn that it exists."""
    region = current_actor().region
    if region is None:
        raise NotFound(Text("This page does not exist."))
    return region


def find_actor() -> Actor | None:
    """Return who is asking, None for a stranger."""
    if "actor" not in g:
        user = current_user._get_current_object()  # noqa: SLF001 - Flask-Login's documented way
        actor: Actor | None = user.actor if isinstance(user, SignedInUser) else None
        slug = g.get("region_slug")
        if actor is not None and slug is not None:
            actor = stand_in(actor, slug)
        g.actor = actor
    return cast("Actor | None", g.actor)


def init_app(app: Flask, load_actor: Callable[[str], Actor | None]) -> None:
    """Load the user by session token, take the region out of the address and enforce the rules."""
    manager = LoginManager(app, add_context_processor=False)
    manager.session_protection = None

    @manager.user_loader
    def load_user(token: str) -> SignedInUser | None:
        actor = load_actor(token)
        return None if actor is None else SignedInUser(actor, token)

    app.url_value_preprocessor(_take_region)
    app.url_defaults(_add_region)
    app.before_request(_enforce)


def refuse_views_without_rule(app: Flask) -> None:
    """Stop the boot when a view says nothing about who may use it."""
    app.view_functions["static"] = public(app.view_functions["static"])
    open_views = [name for name, view in app.view_functions.items() if rule_of(view) is None]
    if open_views:
        raise RuntimeError(f"views without an access rule: {', '.join(sorted(open_views))}")


def _with_rule(view: View, rule: Rule) -> View:
    view.access_rule = rule  # type: ignore[attr-defined]  # a mark on the function, read by rule_of
    return view


def _take_region(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "region" in values:
        g.region_slug = values.pop("region")


def _add_region(endpoint: str, values: dict[str, Any]) -> None:
    if "region" in values or "region_slug" not in g:
        return
    # An unknown endpoint is left to Flask, whose error names the nearest one.
    with suppress(KeyError):
        if current_app.url_map.is_endpoint_expecting(endpoint, "region"):
            values["region"] = g.region_slug


def _enforce() -> Response | None:
    if request.endpoint is None:
        return None
    rule = rule_of(current_app.view_functions[request.endpoint])
    if rule is None:
        raise NotFound(Text("This page does not exist."))
    if rule.is_public:
        return None
    actor = find_actor()
    if actor is None:
        target = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("people.sign_in_form", next=target))
    _check(actor, rule)
    return None


def _check(actor: Actor, rule: Rule) -> None:
    """Raise NotFound for who may not know of the page, NotAllowed for who may not use it."""
    in_a_region = "region_slug" in g
    if in_a_region and actor.region is None:
        raise NotFound(Text("This page does not exist."))
    if rule.permission is None or permits(actor, rule.permission):
        return
    if not in_a_region:
        raise NotFound(Text("This page does not exist."))
    raise NotAllowed(Text("Your role does not let you use this page."))
