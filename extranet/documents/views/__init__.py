"""The pages of documents, for the region itself and for whatever in it has documents.

A domain above registers the same pages under its own address:

    coalitions.register_blueprint(
        documents_blueprint("documents", url_prefix="/documenten", place=coalition_place)
    )

They link to each other by relative endpoints, so they stay where they are registered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, g

from extranet.access import Permission
from extranet.documents.policy import EDIT_DOCUMENTS, VIEW_DOCUMENTS
from extranet.documents.views import editing, lists, pages
from extranet.documents.views.place import Place, region_place
from extranet.errors import NotAllowed
from extranet.i18n import Text
from extranet.web.access import requires
from extranet.web.navigation import NavigationEntry

View = Callable[..., Any]
# No number that a database has is larger; a larger one in an address is no page.
ONE = "/<int(max=2147483647):document_id>"
VERSION = f"{ONE}/versies/<int(max=2147483647):number>"


@dataclass(frozen=True, slots=True)
class Route:
    """An address below that of the list, the view behind it, and whether it is for editors."""

    rule: str
    view: View
    is_editing: bool = False
    method: str = "GET"


ROUTES = (
    Route("", lists.list_documents),
    Route("/lijst.csv", lists.export),
    Route("/archief.zip", lists.pack, is_editing=True),
    Route("/nieuw", editing.add_form, is_editing=True),
    Route("/nieuw", editing.add, is_editing=True, method="POST"),
    Route(ONE, pages.document),
    Route(f"{ONE}/wijzigen", editing.change_form, is_editing=True),
    Route(f"{ONE}/wijzigen", editing.change, is_editing=True, method="POST"),
    Route(f"{ONE}/versies/nieuw", editing.add_version_form, is_editing=True),
    Route(f"{ONE}/versies/nieuw", editing.add_version, is_editing=True, method="POST"),
    Route(f"{ONE}/intrekken", editing.withdraw_form, is_editing=True),
    Route(f"{ONE}/intrekken", editing.withdraw, is_editing=True, method="POST"),
    Route(f"{ONE}/terugzetten", editing.restore, is_editing=True, method="POST"),
    Route(f"{VERSION}/bestand", pages.download),
    Route(f"{VERSION}/voorbeeld", pages.preview),
)


def documents_blueprint(
    name: str,
    *,
    url_prefix: str,
    view: Permission = VIEW_DOCUMENTS,
    edit: Permission = EDIT_DOCUMENTS,
    place: Callable[[], Place] = region_place,
) -> Blueprint:
    """Return the pages of documents under a name and address of their own.

    `place` is asked at each request whose documents they are; it raises NotFound for who may not
    know. Who edits needs both the permission `edit` and a place that lets them.
    """
    made = Blueprint(name, __name__, url_prefix=url_prefix)
    for route in ROUTES:
        placed = requires(edit if route.is_editing else view)(_placed(route, place))
        made.add_url_rule(route.rule, route.view.__name__, placed, methods=[route.method])
    return made


def _placed(route: Route, place: Callable[[], Place]) -> View:
    """Return a view that knows its place."""

    @wraps(route.view)
    def placed(**values: int) -> Any:
        g.documents_place = here = place()
        if route.is_editing and not here.may_edit:
            raise NotAllowed(Text("Your role does not let you use this page."))
        return route.view(**values)

    return placed


BLUEPRINTS = (documents_blueprint("documents", url_prefix="/<region>/documenten"),)
NAVIGATION = (
    NavigationEntry(
        title=Text("Documents"),
        endpoint="documents.list_documents",
        permission=VIEW_DOCUMENTS,
        weight=50,
        covers=frozenset({"documents."}),
    ),
)
