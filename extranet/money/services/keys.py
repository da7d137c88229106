"""Change the allocation key (verdeelsleutel) of a draft, component by component."""

from __future__ import annotations

from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import record
from extranet.errors import Conflict
from extranet.i18n import Text
from extranet.money.models import BudgetVersion
from extranet.money.rules import AllocationKey, Component, Distribution
from extranet.money.services.budgets import subject_of
from extranet.money.services.drafts import check_draft


def set_key(
    session: Session, *, version: BudgetVersion, key: AllocationKey, actor: Actor | None
) -> None:
    """Give a draft another allocation key."""
    household = check_draft(session, version)
    before, after = version.allocation_key, key.to_data()
    if before == after:
        return
    version.allocation_key = after
    session.flush()
    record(
        session,
        actor=actor,
        action="allocation_key.changed",
        subject=subject_of(version, household),
        region_id=household.region_id,
        before={"allocation_key": before},
        after={"allocation_key": after},
    )


def put_component(
    session: Session, *, version: BudgetVersion, component: Component, actor: Actor | None
) -> None:
    """Add a component, or put it in the place of its namesake.

    A way to share takes the place of the one that the key had: there is one at most. InvalidInput
    when the components do not go together.
    """
    check_draft(session, version)
    present = AllocationKey.from_data(version.allocation_key).components
    stays = [one for one in present if not _gives_way(one, component)]
    set_key(session, version=version, key=AllocationKey([*stays, component]), actor=actor)


def remove_component(
    session: Session, *, version: BudgetVersion, kind: str, actor: Actor | None
) -> None:
    """Take a component out; InvalidInput when the key cannot do without it."""
    check_draft(session, version)
    present = AllocationKey.from_data(version.allocation_key).components
    stays = [one for one in present if one.kind != kind]
    if len(stays) == len(present):
        raise Conflict(Text("This component is not in the allocation key any more."))
    set_key(session, version=version, key=AllocationKey(stays), actor=actor)


def _gives_way(present: Component, to: Component) -> bool:
    if present.kind == to.kind:
        return True
    return isinstance(present, Distribution) and isinstance(to, Distribution)
