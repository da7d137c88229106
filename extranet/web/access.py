"""Who may use which route: every view carries a rule, and a view without one stops the boot.

A stranger is sent to the sign-in page. Somebody without a seat in the region gets a 404, because
they may not know that the page exists; with a seat but without the permission it is a 403. A guest
is a stranger to everything but the one coalition that they were let into.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, url_for
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from extranet.access import (
    Actor,
    CoalitionRef,
    Permission,
    RegionRef,
    enter,
    permits,
    stand_in,
)
from extranet.errors import NotAllowed, NotFound
from extranet.i18n import Text

View = TypeVar("View", bound=Callable[..., Any])
EXTENSION = "extranet_coalition_loader"
PLACES = ("region", "coalition", "plustaak")
LoadCoalition = Callable[[str, str], CoalitionRef | None]


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
    """Return who is asking, standing where the address is; only for signed-in views."""
    actor = find_actor()
    if actor is None:
        raise NotAllowed(Text("Sign in first."))
    return actor


def may_open(endpoint: str) -> bool:
    """Tell whether there is such a page and who is asking may use it where they stand."""
    view = current_app.view_functions.get(endpoint)
    rule = None if view is None else rule_of(view)
    if rule is None:
        return False
    actor = find_actor()
    if rule.is_public or (rule.permission is None and actor is not None):
        return True
    return rule.permission is not None and permits(actor, rule.permission)


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
            actor = _inside(stand_in(actor, slug), slug)
        g.actor = actor
    return cast("Actor | None", g.actor)


def init_app(
    app: Flask, load_actor: Callable[[str], Actor | None], load_coalition: LoadCoalition
) -> None:
    """Load the user by session token, take the place out of the address and enforce the rules.

    `load_coalition` takes the region's and the coalition's part of the address.
    """
    app.extensions[EXTENSION] = load_coalition
    manager = LoginManager(app, add_context_processor=False)
    manager.session_protection = None

    @manager.user_loader
    def load_user(token: str) -> SignedInUser | None:
        actor = load_actor(token)
        return None if actor is None else SignedInUser(actor, token)

    app.url_value_preprocessor(_take_place)
    app.url_defaults(_add_place)
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


def _inside(actor: Actor, region_slug: str) -> Actor:
    """Return the actor inside the coalition of the address, where it names one."""
    coalition_slug = g.get("coalition_slug")
    if coalition_slug is None:
        return actor
    load_coalition: LoadCoalition = current_app.extensions[EXTENSION]
    coalition = load_coalition(region_slug, coalition_slug)
    return actor if coalition is None else enter(actor, coalition)


def _take_place(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    for name in PLACES:
        if values and name in values:
            setattr(g, f"{name}_slug", values.pop(name))


def _add_place(endpoint: str, values: dict[str, Any]) -> None:
    # An unknown endpoint is left to Flask, whose error names the nearest one.
    with suppress(KeyError):
        for name in PLACES:
            if name in values or f"{name}_slug" not in g:
                continue
            if current_app.url_map.is_endpoint_expecting(endpoint, name):
                values[name] = g.get(f"{name}_slug")


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
    if "coalition_slug" in g and actor.coalition is None:
        raise NotFound(Text("This page does not exist."))
    if rule.permission is None or permits(actor, rule.permission):
        return
    if not in_a_region:
        raise NotFound(Text("This page does not exist."))
    raise NotAllowed(Text("Your role does not let you use this page."))
