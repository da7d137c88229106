"""The pages about coalitions: the list of the region, and the workspace of each."""

from __future__ import annotations

from extranet.coalitions.policy import LIST_COALITIONS, MANAGE, VIEW_COALITION
from extranet.coalitions.views import (
    agreement,  # noqa: F401 - puts its pages on the blueprint of a plustaak
    budget,
    calendar,
    going_live,
    guests,
    initiatives,
    papers,
    participants,
    plustaak_here,
    plustaak_participants,
    workspace,
)
from extranet.i18n import Text
from extranet.web.navigation import NavigationEntry

__all__ = ["BLUEPRINTS", "NAVIGATION", "going_live", "plustaak_participants"]

BLUEPRINTS = (
    initiatives.blueprint,
    workspace.blueprint,
    participants.blueprint,
    guests.blueprint,
    papers.blueprint,
    plustaak_here.blueprint,
    calendar.blueprint,
    calendar.feeds,
)
NAVIGATION = (
    NavigationEntry(
        title=Text("Coalitions"),
        endpoint="coalitions.coalitions",
        permission=LIST_COALITIONS,
        weight=50,
        covers=frozenset({"coalitions."}),
    ),
    NavigationEntry(
        title=Text("Overview"),
        endpoint="workspace.overview",
        permission=VIEW_COALITION,
        weight=10,
        covers=frozenset({"workspace.answer_form", "workspace.form_form", "workspace.close_form"}),
    ),
    NavigationEntry(
        title=Text("Participants"),
        endpoint="participants.participants",
        permission=VIEW_COALITION,
        weight=20,
        covers=frozenset({"participants."}),
    ),
    NavigationEntry(
        title=Text("Documents"),
        endpoint="coalition_documents.list_documents",
        permission=VIEW_COALITION,
        weight=30,
        covers=frozenset({"coalition_documents."}),
    ),
    *budget.NAVIGATION,
    NavigationEntry(
        title=Text("Agreement"),
        endpoint="plustaak.agreements.agreement",
        permission=VIEW_COALITION,
        weight=60,
        covers=frozenset({"plustaak.agreements."}),
    ),
    NavigationEntry(
        title=Text("Calendar"),
        endpoint="calendar.calendar",
        permission=VIEW_COALITION,
        weight=35,
        covers=frozenset({"calendar."}),
    ),
    NavigationEntry(
        title=Text("Guests"),
        endpoint="guests.guests",
        permission=MANAGE,
        weight=80,
        covers=frozenset({"guests."}),
    ),
    NavigationEntry(
        title=Text("Participants"),
        endpoint="plustaak.participants",
        permission=VIEW_COALITION,
        weight=50,
        covers=frozenset({"plustaak.join_form", "plustaak.leave_form"}),
    ),
    NavigationEntry(
        title=Text("Going live"),
        endpoint="plustaak.live",
        permission=VIEW_COALITION,
        weight=90,
    ),
)
