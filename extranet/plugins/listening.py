"""What the host hears from the domains below it, inside the transaction."""

from __future__ import annotations

from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from extranet.clock import today
from extranet.coalitions.events import (
    ArticleTemplate,
    Blocker,
    DatesAsked,
    Description,
    DescriptionAsked,
    EnablingAsked,
    GoLiveAsked,
    KeptDate,
    LineTemplate,
    OfPlustaak,
    PlustaakArchived,
    PlustaakDisabled,
    PlustaakEnabled,
    PlustaakFrozen,
    PlustaakParticipationEnded,
    PlustaakParticipationStarted,
    PlustaakPurged,
    PlustaakThawed,
    PlustaakWentLive,
    TitlesAsked,
)
from extranet.events import Subscriptions
from extranet.i18n import Text
from extranet.plugins.contributions import Change, Place, Refusal
from extranet.plugins.host import PluginHost
from extranet.plugins.models import InstalledPlugin
from extranet.plugins.queries.administration import known_titles
from extranet.plugins.queries.allowances import allowed_in_coalition, region_admin_names
from extranet.plugins.queries.participants import kinds_of, organisation_code_of
from extranet.plugins.queries.places import dates_in
from extranet.plugins.services.purging import purge
from extranet.plugins.tasks import CHANGE, PARTICIPATION, queue_change, queue_participation

CHANGES: dict[type[OfPlustaak], Change] = {
    PlustaakEnabled: Change.ENABLED,
    PlustaakDisabled: Change.DISABLED,
    PlustaakArchived: Change.ARCHIVED,
    PlustaakPurged: Change.PURGED,
    PlustaakWentLive: Change.WENT_LIVE,
    PlustaakFrozen: Change.FROZEN,
    PlustaakThawed: Change.THAWED,
}
NO_PLUSTAAK = Text("This plugin is no plustaak that this installation has.")


def listen(subscriptions: Subscriptions, host: PluginHost) -> None:
    """Subscribe the host to what coalitions ask and tell."""
    subscriptions.subscribe(DescriptionAsked, partial(_describe, host))
    subscriptions.subscribe(TitlesAsked, partial(_name, host))
    subscriptions.subscribe(DatesAsked, partial(_add_dates, host))
    subscriptions.subscribe(EnablingAsked, partial(_answer_enabling, host))
    subscriptions.subscribe(GoLiveAsked, partial(_answer_go_live, host))
    subscriptions.subscribe(PlustaakPurged, _purge)
    for event_type, change in CHANGES.items():
        subscriptions.subscribe(event_type, partial(_pass_on, host, change))
    subscriptions.subscribe(PlustaakParticipationStarted, partial(_joined, host))
    subscriptions.subscribe(PlustaakParticipationEnded, partial(_left, host))


def why_not_allowed(session: Session, region_id: int) -> Text:
    """Return the words for a plugin that a coalition may not use: they say whom to ask."""
    names = region_admin_names(session, region_id, day=today(session))
    if not names:
        return Text("The region does not let this coalition use it yet. Ask the region admin.")
    return Text(
        "The region does not let this coalition use it yet. Ask the region admin: %(names)s.",
        names=", ".join(names),
    )


def _describe(host: PluginHost, session: Session, asked: DescriptionAsked) -> None:
    plugin = host.find(asked.plugin)
    if plugin is None:
        installed = session.get(InstalledPlugin, asked.plugin)
        title = installed.title if installed else asked.plugin
        asked.answers.append(Description(title=title))
        return
    manifest = plugin.manifest
    asked.answers.append(
        Description(
            title=manifest.title,
            summary=manifest.summary,
            participants_rule=manifest.participants.words if manifest.participants else None,
            articles=tuple(
                ArticleTemplate(key=one.key, title=one.title, text=one.text)
                for one in manifest.agreement
            ),
            lines=tuple(
                LineTemplate(
                    key=one.key,
                    name=one.name,
                    is_income=one.is_income,
                    is_structural=one.is_structural,
                    amounts=one.amounts,
                    note=one.note,
                )
                for one in manifest.budget
            ),
        )
    )


def _name(host: PluginHost, session: Session, asked: TitlesAsked) -> None:
    here = {name: host.plugins[name] for name in asked.plugins if name in host.plugins}
    asked.titles.update({name: plugin.manifest.title for name, plugin in here.items()})
    if here.keys() != set(asked.plugins):
        known = known_titles(session)
        asked.titles.update({n: known[n] for n in asked.plugins if n in known and n not in here})


def _add_dates(host: PluginHost, session: Session, asked: DatesAsked) -> None:
    for plugin, one in dates_in(session, coalition_id=asked.coalition_id):
        found = host.find(plugin)
        if found is not None:
            asked.dates.append(
                KeptDate(
                    key=f"plustaak:{one.plustaak_id}:{one.key}",
                    title=one.title,
                    on=one.on_date,
                    starts_at=one.starts_at,
                    ends_at=one.ends_at,
                    where=one.location,
                    about=found.manifest.title,
                    changed_at=one.changed_at,
                )
            )


def _answer_enabling(host: PluginHost, session: Session, asked: EnablingAsked) -> None:
    plugin = host.find(asked.plugin)
    if plugin is None or plugin.is_module:
        asked.refusals.append(NO_PLUSTAAK)
        return
    if asked.plugin not in allowed_in_coalition(session, asked.region_id, asked.coalition_id):
        asked.refusals.append(why_not_allowed(session, asked.region_id))
        return
    place = Place(plugin=asked.plugin, region_id=asked.region_id, coalition_id=asked.coalition_id)
    refusal = host.check_enabling(session=session, place=place)
    if refusal is not None:
        asked.refusals.append(
            Text(
                "%(what)s %(solved_by)s Who can do that: %(who)s.",
                what=refusal.what,
                solved_by=refusal.solved_by,
                who=refusal.who,
            )
        )


def _answer_go_live(host: PluginHost, session: Session, asked: GoLiveAsked) -> None:
    place, plugin = _place(asked), host.find(asked.plugin)
    rule = plugin.manifest.participants if plugin else None
    if rule is not None and not rule.is_met(kinds_of(session, asked.participants)):
        asked.blockers.append(
            Blocker(
                what=rule.words,
                solved_by=Text("Let more organisations take part."),
                who=Text("The lead of the coalition"),
            )
        )
    refusal = host.check_go_live(session=session, place=place, participants=asked.participants)
    if refusal is not None:
        asked.blockers.append(_blocker(refusal))


def _blocker(refusal: Refusal) -> Blocker:
    return Blocker(
        what=refusal.what,
        solved_by=refusal.solved_by,
        who=refusal.who,
        endpoint=refusal.endpoint,
    )


def _pass_on(host: PluginHost, change: Change, session: Session, event: OfPlustaak) -> None:
    if host.implements(event.plugin, CHANGE):
        queue_change(session, _place(event), change)


def _purge(session: Session, event: PlustaakPurged) -> None:
    purge(session, _place(event))


def _joined(host: PluginHost, session: Session, event: PlustaakParticipationStarted) -> None:
    _tell(host, session, event, until_date=None)


def _left(host: PluginHost, session: Session, event: PlustaakParticipationEnded) -> None:
    _tell(host, session, event, until_date=event.until_date)


def _tell(
    host: PluginHost,
    session: Session,
    event: PlustaakParticipationStarted | PlustaakParticipationEnded,
    *,
    until_date: date | None,
) -> None:
    if host.implements(event.plugin, PARTICIPATION):
        code = organisation_code_of(session, event.organisation_id)
        queue_participation(session, _place(event), organisation_code=code, until_date=until_date)


def _place(event: OfPlustaak) -> Place:
    return Place(
        plugin=event.plugin,
        region_id=event.region_id,
        coalition_id=event.coalition_id,
        plustaak_id=event.plustaak_id,
    )
