"""What adopting a draft would do: the page shows it, and the service does exactly that."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from extranet.errors import InvalidInput
from extranet.i18n import Euros, Text
from extranet.membership.models import Body
from extranet.money.queries.comparison import (
    MemberEffect,
    amounts_before,
    find_before,
    member_effects,
)
from extranet.money.queries.computing import Computed, compute, table_of
from extranet.money.queries.figures import ContributionTable
from extranet.money.queries.letterhead import Sender, get_sender
from extranet.money.queries.recipients import Recipient, recipients_of
from extranet.money.queries.versions import VersionFacts
from extranet.money.rules import Division


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidingBody:
    """A body of the region that may have decided."""

    id: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionPlan:
    """What is frozen, what changes for whom, who is told, and what stands in the way.

    With a blocker there may be no `computed`, and then no figures and nobody to tell. `fingerprint`
    stands for everything that the plan shows: who confirms it, confirms this and nothing else.
    """

    version: VersionFacts
    before: VersionFacts | None
    computed: Computed | None
    table: ContributionTable | None
    effects: tuple[MemberEffect, ...]
    recipients: tuple[Recipient, ...]
    sender: Sender
    bodies: tuple[DecidingBody, ...]
    blockers: tuple[Text, ...]
    fingerprint: str

    @property
    def told(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return who is told, by name, with the names of their organisations."""
        names = {effect.code: effect.name for effect in self.effects}
        return tuple(
            (one.name, tuple(names[code] for code in one.organisations if code in names))
            for one in self.recipients
        )

    @property
    def untold(self) -> tuple[str, ...]:
        """Return the names of the members that pay and of whom nobody is told."""
        codes = {code for one in self.recipients for code in one.organisations}
        members = self.table.members if self.table else ()
        return tuple(member.name for member in members if member.code not in codes)

    @property
    def has_gap(self) -> bool:
        """Tell whether a rate brings in another amount than the budget asks."""
        return self.computed is not None and _has_gap(self.computed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacles:
    """What still has to happen before a draft can be adopted; nothing when it is ready."""

    blockers: tuple[Text, ...]
    has_gap: bool = False


def obstacles_of(session: Session, version: VersionFacts) -> Obstacles:
    """Return what stands in the way of adopting a draft, without the rest of the plan."""
    try:
        computed = compute(session, version)
    except InvalidInput as refusal:
        return Obstacles(blockers=tuple(refusal.fields.values()))
    return Obstacles(blockers=tuple(_blockers(computed)), has_gap=_has_gap(computed))


def plan_adoption(session: Session, version: VersionFacts) -> AdoptionPlan:
    """Return what adopting a draft would do now."""
    before = find_before(session, version)
    sender = get_sender(session, region_id=version.region_id, household=version.whose)
    try:
        computed = compute(session, version)
    except InvalidInput as refusal:
        return _blocked(version, before, sender, tuple(refusal.fields.values()))
    table = table_of(computed)
    paid = amounts_before(session, before, year=version.year)
    recipients = recipients_of(session, region_id=version.region_id, codes=computed.paying)
    return AdoptionPlan(
        version=version,
        before=before,
        computed=computed,
        table=table,
        effects=member_effects(paid, table),
        recipients=recipients,
        sender=sender,
        bodies=deciding_bodies(session, region_id=version.region_id),
        blockers=tuple(_blockers(computed)),
        fingerprint=_fingerprint(version, computed, recipients, sender),
    )


_BODIES = (
    select(Body.id, Body.name, Body.kind)
    .where(Body.region_id == bindparam("region_id"))
    .order_by(Body.name, Body.id)
)


def deciding_bodies(session: Session, *, region_id: int) -> tuple[DecidingBody, ...]:
    """Return the bodies of a region, by name."""
    rows = session.execute(_BODIES, {"region_id": region_id})
    return tuple(DecidingBody(id=row.id, name=row.name, kind=row.kind) for row in rows)


def _blocked(
    version: VersionFacts,
    before: VersionFacts | None,
    sender: Sender,
    blockers: tuple[Text, ...],
) -> AdoptionPlan:
    return AdoptionPlan(
        version=version,
        before=before,
        computed=None,
        table=None,
        effects=(),
        recipients=(),
        sender=sender,
        bodies=(),
        blockers=blockers,
        fingerprint="",
    )


def _blockers(computed: Computed) -> Sequence[Text]:
    if not computed.sheet.lines:
        return [Text("The budget has no lines yet.")]
    if not computed.paying:
        return [Text("Nobody is a member in these years.")]
    return [_gap(division) for division in computed.divisions if division.gap_cents]


def _has_gap(computed: Computed) -> bool:
    return any(division.gap_cents for division in computed.divisions)


def _gap(division: Division) -> Text:
    if division.gap_cents > 0:
        return Text(
            "In %(year)s the budget asks %(amount)s more than the allocation key brings in.",
            year=str(division.year),
            amount=Euros(division.gap_cents),
        )
    return Text(
        "In %(year)s the allocation key brings in %(amount)s more than the budget asks.",
        year=str(division.year),
        amount=Euros(-division.gap_cents),
    )


def _fingerprint(
    version: VersionFacts, computed: Computed, recipients: Sequence[Recipient], sender: Sender
) -> str:
    shown = [
        [version.id, version.title, version.reason, list(version.key_data), version.snapshot_id],
        str(version.reference_date),
        [asdict(line) for line in computed.sheet.lines],
        [
            [
                share.code,
                computed.deelnemers[share.code].name,
                share.months,
                share.amount_cents,
                share.inhabitants,
            ]
            for division in computed.divisions
            for share in division.shares
        ],
        [[one.person_id, one.organisations] for one in recipients],
        asdict(sender),
    ]
    return sha256(json.dumps(shown, default=str).encode()).hexdigest()
