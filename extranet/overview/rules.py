"""The activity log in sentences; a test holds them against what services record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extranet.i18n import Text

PROGRAM = Text("The program")
FORMER = Text("Somebody who has left")

# Who did it is %(who)s; the label of what it was done to is %(what)s.
SENTENCES: Mapping[str, Text] = {
    "agreement.answer_corrected": Text("%(who)s corrected the answer of %(what)s."),
    "agreement.answered": Text("%(who)s recorded the answer of %(what)s."),
    "agreement.article_added": Text("%(who)s added the article %(what)s."),
    "agreement.article_changed": Text("%(who)s changed the article %(what)s."),
    "agreement.article_moved": Text("%(who)s moved the article %(what)s."),
    "agreement.article_removed": Text("%(who)s removed the article %(what)s."),
    "agreement.brought_into_force": Text("%(who)s brought the agreement %(what)s into force."),
    "agreement.created": Text("%(who)s started the agreement %(what)s."),
    "agreement.described": Text("%(who)s changed the introduction of the agreement %(what)s."),
    "agreement.discarded": Text("%(who)s discarded the draft of the agreement %(what)s."),
    "agreement.parties_chosen": Text("%(who)s chose the parties to the agreement %(what)s."),
    "agreement.reminded": Text("%(who)s reminded the parties to the agreement %(what)s."),
    "agreement.sent": Text("%(who)s sent the agreement %(what)s to its parties."),
    "agreement.version_started": Text("%(who)s started a version of the agreement %(what)s."),
    "agreement.withdrawn": Text("%(who)s withdrew the agreement %(what)s."),
    "allocation_key.changed": Text(
        "%(who)s changed the allocation key of budget version %(what)s."
    ),
    "basistaak.added": Text("%(who)s added the basistaak %(what)s."),
    "basistaak.changed": Text("%(who)s changed the basistaak %(what)s."),
    "basistaak.lines_linked": Text("%(who)s chose the budget lines that pay for %(what)s."),
    "basistaak.noted": Text("%(who)s wrote how %(what)s goes."),
    "body.added": Text("%(who)s added the body %(what)s."),
    "body.edited": Text("%(who)s changed the body %(what)s."),
    "budget.created": Text("%(who)s started the budget of %(what)s."),
    "budget_line.added": Text("%(who)s added the budget line %(what)s."),
    "budget_line.changed": Text("%(who)s changed the budget line %(what)s."),
    "budget_line.removed": Text("%(who)s removed the budget line %(what)s."),
    "budget_version.adopted": Text("%(who)s recorded that budget version %(what)s is adopted."),
    "budget_version.changed": Text("%(who)s changed the description of budget version %(what)s."),
    "budget_version.created": Text("%(who)s started budget version %(what)s."),
    "budget_version.discarded": Text("%(who)s discarded the draft of budget version %(what)s."),
    "budget_version.population_chosen": Text(
        "%(who)s chose the population of budget version %(what)s."
    ),
    "calendar_feed.made": Text("%(who)s made an address for the calendar of %(what)s."),
    "calendar_feed.revoked": Text("%(who)s stopped an address for the calendar of %(what)s."),
    "coalition.active": Text("%(who)s recorded that the coalition %(what)s is active."),
    "coalition.answered": Text("%(who)s said what its organisation thinks of %(what)s."),
    "coalition.below_threshold": Text(
        "%(who)s recorded that the coalition %(what)s has too few municipalities."
    ),
    "coalition.closed": Text("%(who)s closed the coalition %(what)s."),
    "coalition.closing": Text("%(who)s started to close the coalition %(what)s."),
    "coalition.edited": Text("%(who)s changed the coalition %(what)s."),
    "coalition.forming": Text("%(who)s let the coalition %(what)s form."),
    "coalition.proposed": Text("%(who)s proposed the coalition %(what)s."),
    "document.added": Text("%(who)s added the document %(what)s."),
    "document.changed": Text("%(who)s changed what is known about the document %(what)s."),
    "document.erased": Text("%(who)s erased the document %(what)s."),
    "document.restored": Text("%(who)s put the withdrawn document %(what)s back."),
    "document.version_added": Text("%(who)s added a version to the document %(what)s."),
    "document.withdrawn": Text("%(who)s withdrew the document %(what)s."),
    "funding_source.added": Text("%(who)s added the funding source %(what)s."),
    "funding_source.changed": Text("%(who)s changed the funding source %(what)s."),
    "funding_source.removed": Text("%(who)s removed the funding source %(what)s."),
    "household.frozen": Text("%(who)s froze the budget of %(what)s."),
    "household.made_payable": Text("%(who)s let the contributions of %(what)s be asked."),
    "household.renamed": Text("%(who)s renamed the budget of %(what)s."),
    "household.opened": Text("%(who)s opened the budget of %(what)s."),
    "household.participants_changed": Text("%(who)s changed who takes part in %(what)s."),
    "household.thawed": Text("%(who)s lifted the freeze on the budget of %(what)s."),
    "guest.ended": Text("%(who)s ended the seat of a guest: %(what)s."),
    "guest.let_in": Text("%(who)s let a guest in: %(what)s."),
    "invitation.revoked": Text("%(who)s withdrew an invitation."),
    "invitation.sent": Text("%(who)s invited somebody to the seat %(what)s."),
    "mail.settled": Text("%(who)s decided what becomes of the mail %(what)s."),
    "membership.centrum_changed": Text("%(who)s changed which member is the centrum: %(what)s."),
    "membership.corrected": Text("%(who)s corrected the membership of %(what)s."),
    "membership.ended": Text("%(who)s ended the membership of %(what)s."),
    "membership.started": Text("%(who)s made %(what)s a member."),
    "model_clause.changed": Text("%(who)s changed the model clause %(what)s."),
    "model_clause.restored": Text("%(who)s brought the model clause %(what)s back."),
    "module.disabled": Text("%(who)s switched the module %(what)s off."),
    "module.enabled": Text("%(who)s switched the module %(what)s on."),
    "module.purged": Text("%(who)s deleted what the module %(what)s kept."),
    "organisation.created": Text("%(who)s added the organisation %(what)s."),
    "organisation.edited": Text("%(who)s changed the organisation %(what)s."),
    "organisation.succeeded": Text("%(who)s recorded the successor of %(what)s."),
    "participation.consented": Text("%(who)s recorded the consent of %(what)s."),
    "participation.ended": Text("%(who)s recorded that %(what)s leaves."),
    "participation.started": Text("%(who)s let %(what)s take part."),
    "person.changed": Text("%(who)s changed an account."),
    "person.closed": Text("%(who)s closed an account."),
    "person.made_operator": Text("%(who)s made somebody operator."),
    "person.password_changed": Text("%(who)s changed a password."),
    "person.recovery_code_used": Text("%(who)s used a recovery code."),
    "person.recovery_codes_made": Text("%(who)s made new recovery codes."),
    "person.reopened": Text("%(who)s opened an account again."),
    "person.second_factor_removed": Text("%(who)s removed a second factor."),
    "person.second_factor_set": Text("%(who)s set up a second factor."),
    "person.signed_in": Text("%(who)s signed in."),
    "personal_data.erased": Text("%(who)s erased data about people of %(what)s on their day."),
    "plugin.allowed": Text("%(who)s let the plugin %(what)s be used."),
    "plugin.configured": Text("%(who)s changed the settings of the plugin %(what)s."),
    "plugin.refused": Text("%(who)s no longer lets the plugin %(what)s be used."),
    "plugin_preset.dropped": Text("%(who)s removed the package of plugins %(what)s."),
    "plugin_preset.kept": Text("%(who)s kept the package of plugins %(what)s."),
    "plustaak.archived": Text("%(who)s archived the plustaak %(what)s."),
    "plustaak.disabled": Text("%(who)s switched the plustaak %(what)s off."),
    "plustaak.enabled": Text("%(who)s switched the plustaak %(what)s on."),
    "plustaak.frozen": Text("%(who)s froze the money of the plustaak %(what)s."),
    "plustaak.purged": Text("%(who)s deleted what the plustaak %(what)s kept."),
    "plustaak.reopened": Text("%(who)s opened the plustaak %(what)s again."),
    "plustaak.thawed": Text("%(who)s freed the money of the plustaak %(what)s."),
    "plustaak.went_live": Text("%(who)s let the plustaak %(what)s go live."),
    "plustaak_participation.ended": Text("%(who)s recorded that %(what)s leaves."),
    "plustaak_participation.started": Text("%(who)s let %(what)s take part."),
    "region.created": Text("%(who)s created the region %(what)s."),
    "region.edited": Text("%(who)s changed the settings of the region."),
    "region.snapshot_adopted": Text("%(who)s chose the population figures %(what)s."),
    "seat.changed": Text("%(who)s changed the seat %(what)s."),
    "seat.ended": Text("%(who)s recorded the last day of the seat %(what)s."),
    "seat.made": Text("%(who)s added the seat %(what)s."),
    "session.ended": Text("%(who)s ended a session."),
    "snapshot.imported": Text("%(who)s imported the population figures %(what)s."),
    "tenure.corrected": Text("%(who)s corrected since when somebody holds the seat %(what)s."),
    "tenure.ended": Text("%(who)s recorded until when somebody holds the seat %(what)s."),
    "tenure.started": Text("%(who)s recorded who holds the seat %(what)s."),
    "tenure.withdrawn": Text("%(who)s withdrew the access of who held the seat %(what)s."),
}
# What a program of a later version wrote is shown all the same.
UNKNOWN = Text("%(who)s changed %(what)s.")


def sentence(entry: Any) -> Text:
    """Return an entry of the log as a sentence: who did what.

    The entry has `action`, `subject_label`, `person_id`, and `person`, the name of today.
    """
    who = entry.person or (PROGRAM if entry.person_id is None else FORMER)
    pattern = SENTENCES.get(entry.action, UNKNOWN)
    return Text(pattern.msgid, who=who, what=entry.subject_label or entry.action)


def people_in(entry: Any) -> set[int]:
    """Return the numbers of the people that an entry changed something about."""
    found = {entry.before.get("person_id"), entry.after.get("person_id")}
    return {number for number in found if isinstance(number, int)}
