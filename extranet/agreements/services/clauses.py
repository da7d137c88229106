"""Change a region's model clauses, or return to the words of the program."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.agreements.models import ModelClause
from extranet.agreements.queries.clauses import get_clause
from extranet.agreements.rules import Clause
from extranet.errors import InvalidInput
from extranet.i18n import Text


def change_clause(session: Session, *, region_id: int, values: Clause, actor: Actor | None) -> None:
    """Give a region its own words for a model clause; agreements that exist stay as they are."""
    before = get_clause(session, region_id=region_id, subject=values.subject).clause
    wrong = {name: Text("Fill this in.") for name in ("title", "body") if not asdict(values)[name]}
    if wrong:
        raise InvalidInput(wrong)
    if before == values:
        return
    own = session.get(ModelClause, (region_id, values.subject))
    if own is None:
        session.add(ModelClause(region_id=region_id, **asdict(values)))
    else:
        own.title, own.body, own.law = values.title, values.body, values.law
    session.flush()
    _record(
        session,
        "model_clause.changed",
        region_id=region_id,
        before=before,
        after=values,
        actor=actor,
    )


def restore_clause(session: Session, *, region_id: int, subject: str, actor: Actor | None) -> None:
    """Return to the words of the program for a model clause."""
    before = get_clause(session, region_id=region_id, subject=subject).clause
    own = session.get(ModelClause, (region_id, subject))
    if own is None:
        return
    session.delete(own)
    session.flush()
    after = get_clause(session, region_id=region_id, subject=subject).clause
    _record(
        session,
        "model_clause.restored",
        region_id=region_id,
        before=before,
        after=after,
        actor=actor,
    )


def _record(
    session: Session,
    action: str,
    *,
    region_id: int,
    before: Clause,
    after: Clause,
    actor: Actor | None,
) -> None:
    was, is_now = _logged(before), _logged(after)
    changed = [name for name in is_now if is_now[name] != was[name]]
    record(
        session,
        actor=actor,
        action=action,
        # A clause has no number of its own; its region does.
        subject=Subject("model_clause", region_id, after.title),
        region_id=region_id,
        before={name: was[name] for name in changed},
        after={name: is_now[name] for name in changed},
    )


def _logged(clause: Clause) -> dict[str, object]:
    """Return a clause as the log writes it, where a body is one that decides."""
    return {"title": clause.title, "text": clause.body, "law": clause.law}
