"""The operator's page about mail that waits for a person."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.outbox.policy import OPERATE_MAIL
from extranet.outbox.queries import lock_mail, waiting_mails
from extranet.outbox.services.settling import Outcome, settle_mail
from extranet.outbox.wording import ABOUT, STATES
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.navigation import NavigationEntry
from extranet.web.paging import PAGE_SIZE, asked_key, page_of

blueprint = Blueprint("mails", __name__, url_prefix="/beheer/mail")
# As an address says it.
OUTCOMES = {
    "aangekomen": Outcome.ARRIVED,
    "opnieuw": Outcome.SEND_AGAIN,
    "laten": Outcome.LEFT,
}


@blueprint.get("")
@requires(OPERATE_MAIL)
def mails() -> str:
    """Show the mails that are uncertain or failed, without what they say."""
    after = asked_key()
    rows = waiting_mails(read_session(), limit=PAGE_SIZE + 1, before_id=after)
    return render_template(
        "mails/mails.html",
        page=page_of(rows, [row.id for row in rows]),
        is_first=after is None,
        about=ABOUT,
        states=STATES,
    )


@blueprint.post("/<int:mail_id>/<decision>")
@requires(OPERATE_MAIL)
def settle(mail_id: int, decision: str) -> Response:
    """Do with a mail what the operator decided."""
    outcome = OUTCOMES.get(decision)
    if outcome is None:
        raise NotFound(Text("This page does not exist."))
    with unit_of_work() as session:
        mail = lock_mail(session, mail_id)
        settle_mail(session, mail=mail, outcome=outcome, actor=current_actor())
    flash(_done(outcome))
    return redirect(url_for("mails.mails"))


def _done(outcome: Outcome) -> str:
    texts = {
        Outcome.ARRIVED: _("The mail counts as sent."),
        Outcome.SEND_AGAIN: _("The mail leaves once more, with the next round."),
        Outcome.LEFT: _("The mail is left as it is. Nothing is sent."),
    }
    return str(texts[outcome])


BLUEPRINTS = (blueprint,)
NAVIGATION = (
    NavigationEntry(title=Text("Mail"), endpoint="mails.mails", permission=OPERATE_MAIL, weight=40),
)
