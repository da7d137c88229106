"""The pages of residents: sign up, and one's own link to look at it and call it off."""

from __future__ import annotations

import json
from datetime import timedelta

from flask import Response, redirect, request, url_for
from markupsafe import Markup
from segno import make_qr
from werkzeug.wrappers import Response as AnyResponse

from extranet.api import (
    Limit,
    NotFound,
    count_attempt,
    current_place,
    download,
    public,
    public_subject,
    public_url_for,
    read_session,
    render_template,
    unit_of_work,
)
from extranet_infoavond.forms.signups import SignUpForm
from extranet_infoavond.models import Signup
from extranet_infoavond.queries.public import (
    NO_PAGE,
    PublicPage,
    get_by_code,
    get_public_page,
    programme_of,
)
from extranet_infoavond.rules.colours import accent_of
from extranet_infoavond.rules.standing import TAKES_SIGNUPS, Standing
from extranet_infoavond.services.signups import cancel_own, new_ticket, sign_up
from extranet_infoavond.views.blueprint import public_blueprint as blueprint
from extranet_infoavond.wording import KINDS, LEGAL_BASES, SIGNUP_STATES

Shown = str | tuple[str, int] | AnyResponse
# A village hall may share one network address; a page of one evening never has this many.
BY_VISITOR = Limit("sign-up-visitor", 30, timedelta(hours=1))
BY_PAGE = Limit("sign-up-page", 300, timedelta(hours=1))
LOGOS = {"image/png", "image/jpeg"}
FIVE_MINUTES = "max-age=300"
FIELDS = ("name", "company", "email", "phone", "people", "interest", "remark")


@blueprint.get("")
@public
def page() -> Shown:
    """Show the evening, and the form while it takes sign-ups."""
    return _page(SignUpForm(data={"ticket": new_ticket(), "people": 1}))


@blueprint.post("")
@public
def sign_up_here() -> Shown:
    """Sign up, and show the link with which to call it off."""
    address = request.remote_addr or ""
    count_attempt(BY_VISITOR, f"{public_subject()} {address}")
    count_attempt(BY_PAGE, public_subject())
    form = SignUpForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            here = get_public_page(session, current_place(), public_subject())
            ticket = str(form.ticket.data or "")
            _made, code = sign_up(session, here.page, form.resident(), ticket=ticket)
        if not form.errors:
            return redirect(url_for("infoavond_public.own", code=code))
    return _page(form), 422


@blueprint.get("/aanmelding/<code>")
@public
def own(code: str) -> Shown:
    """Show somebody their own sign-up with the link to keep, print or scan."""
    here, signup = _own(code)
    link = public_url_for("infoavond_public.own", address=here.page.slug, code=code)
    picture = make_qr(link, error="m").svg_inline(scale=4, dark="#000", light="#fff")
    return render_template(
        "infoavond/public_own.html",
        here=here,
        signup=signup,
        code=code,
        link=link,
        picture=Markup(picture),  # noqa: S704 - segno's own SVG
        states=SIGNUP_STATES,
        **_words(),
    )


@blueprint.get("/aanmelding/<code>/afmelden")
@public
def cancel_form(code: str) -> Shown:
    """Ask whether somebody does not come."""
    here, signup = _own(code)
    return render_template(
        "infoavond/public_cancel_form.html", here=here, signup=signup, code=code, **_words()
    )


@blueprint.post("/aanmelding/<code>/afmelden")
@public
def cancel(code: str) -> AnyResponse:
    """Call off; who waits and fits moves up."""
    with unit_of_work() as session:
        here = get_public_page(session, current_place(), public_subject())
        cancel_own(session, here.page, code)
    return redirect(url_for("infoavond_public.own", code=code))


@blueprint.get("/aanmelding/<code>/gegevens.json")
@public
def own_data(code: str) -> Response:
    """Give somebody everything that is kept about them, as a file for programs and people."""
    here, signup = _own(code)
    kept: dict[str, object] = {name: getattr(signup, name) for name in FIELDS}
    kept |= {
        "state": signup.state,
        "is_walk_in": signup.is_walk_in,
        "came": signup.came,
        "signed_up_at": signup.signed_up_at.isoformat(),
        "moved_up_at": signup.moved_up_at.isoformat() if signup.moved_up_at else None,
        "kept_until": signup.keep_until.isoformat(),
        "evening": here.evening.title,
        "municipality": here.name,
    }
    content = json.dumps(kept, ensure_ascii=False, indent=2) + "\n"
    return download(content, "application/json; charset=utf-8", "aanmelding.json")


@blueprint.get("/stijl.css")
@public
def style() -> Response:
    """Give the municipality's own colours, where text in them can be read."""
    here = _here()
    accent = accent_of(here.style.accent) if here.style is not None else None
    if accent is None:
        raise NotFound(NO_PAGE)
    sheet = (
        ":root {\n"
        f"  --ex-accent: light-dark({accent.light}, {accent.dark});\n"
        f"  --ex-accent-strong: light-dark({accent.light_strong}, {accent.dark_strong});\n"
        "}\n"
    )
    headers = {"Cache-Control": FIVE_MINUTES}
    return Response(sheet, content_type="text/css; charset=utf-8", headers=headers)


@blueprint.get("/logo")
@public
def logo() -> Response:
    """Give the municipality's logo."""
    found = _here().style
    if found is None or found.logo is None or found.logo_type not in LOGOS:
        raise NotFound(NO_PAGE)
    headers = {"Cache-Control": FIVE_MINUTES}
    return Response(found.logo, content_type=found.logo_type, headers=headers)


def _here() -> PublicPage:
    return get_public_page(read_session(), current_place(), public_subject())


def _own(code: str) -> tuple[PublicPage, Signup]:
    here = _here()
    return here, get_by_code(read_session(), here.page, code)


def _page(form: SignUpForm) -> str:
    here = _here()
    return render_template(
        "infoavond/public_page.html",
        here=here,
        programme=programme_of(read_session(), here.evening),
        form=form if here.standing in TAKES_SIGNUPS else None,
        is_full=here.standing == Standing.FULL,
        **_words(),
    )


def _words() -> dict[str, object]:
    return {"bases": LEGAL_BASES, "kinds": KINDS, "accent_of": accent_of, "logos": LOGOS}
