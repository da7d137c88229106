"""The forms of documents."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import Field, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from extranet.documents.models import Confidentiality, WooDecision
from extranet.documents.rules.media import KINDS
from extranet.documents.services.documents import DocumentValues
from extranet.documents.wording import CONFIDENTIALITIES, WOO_CATEGORIES, WOO_DECISIONS
from extranet.i18n import Text, translate
from extranet.membership.forms.fields import PICKED, AtMost, LineField, Needed
from extranet.web.forms import DateField, Form, VersionedForm, choices
from extranet.web.jinja import current_locale

NEEDED = Needed(Text("Fill this in."))
NEEDED_FILE = Needed(Text("Choose a file."))
FILE_AGAIN = Text("Choose the file once more; a browser does not remember it.")
TOKEN_LENGTHS = range(20, 65)
NONE = 0


def new_token() -> str:
    """Return what makes this form different from every other one."""
    return secrets.token_urlsafe(24)


def known_token(_form: BaseForm, field: Field) -> None:
    """Refuse a form that was not made by this site."""
    if len(field.data or "") not in TOKEN_LENGTHS:
        raise ValidationError(Text("Open this form again and choose the file once more."))  # type: ignore[arg-type]  # translated where it is shown


class FileForm(Form):
    """A form that brings a file; `upload_token` makes sending it twice the same as once."""

    file = FileField(
        _l("File"),
        [NEEDED_FILE],
        render_kw={"accept": ",".join(f".{extension}" for extension in KINDS)},
    )
    upload_token = HiddenField(default=new_token, validators=[known_token])

    def ask_file_again(self) -> None:
        """Say that the file has to be chosen again when something else was wrong."""
        if self.file.data is not None and not self.file.errors:
            self.file.errors = [FILE_AGAIN]


class DocumentForm(VersionedForm):
    """What is known about a document."""

    title = LineField(_l("Title"), [NEEDED, AtMost(200)])
    body_id = SelectField(
        _l("Body that wrote it"),
        coerce=int,
        description=_l("Not who hosts or uploads it. Choose a body, an organisation, or both."),
    )
    organisation_id = SelectField(_l("Organisation that wrote it"), coerce=int)
    confidentiality = RadioField(_l("Who may read it"), [PICKED])
    imposed_by_body_id = SelectField(
        _l("Imposed by"), coerce=int, description=_l("Needed when it is confidential.")
    )
    confidentiality_ground = LineField(
        _l("Ground"), [AtMost(300)], description=_l("Why not everybody may read it.")
    )
    retention_until = DateField(
        _l("Keep until"),
        description=_l(
            "After this day the program erases the document with all its versions, for good."
        ),
    )
    retention_ground = LineField(
        _l("Selection and why"),
        [AtMost(300)],
        description=_l("For example: selection list 2020, result 11.1, or: kept for ever."),
    )
    woo_category = SelectField(_l("Woo category"), choices=choices(WOO_CATEGORIES))
    woo_decision = SelectField(
        _l("Woo decision"),
        choices=choices(WOO_DECISIONS),
        default=WooDecision.NOT_DECIDED,
        description=_l("A decision publishes nothing by itself."),
    )
    woo_ground = LineField(
        _l("Ground of the decision"),
        [AtMost(300)],
        description=_l("Needed when it is not, or not wholly, made public: the article."),
    )

    def offer(
        self,
        *,
        bodies: Sequence[tuple[int, str]],
        organisations: Sequence[tuple[int, str]],
        confidentialities: Iterable[Confidentiality],
        explanation: Text,
    ) -> None:
        """Fill the choices in; a confidentiality that one may not see is not offered."""
        locale, offered = current_locale(), frozenset(confidentialities)
        nobody = (NONE, translate(Text("None"), locale))
        self.body_id.choices = [nobody, *bodies]
        self.organisation_id.choices = [nobody, *organisations]
        self.imposed_by_body_id.choices = [nobody, *bodies]
        self.confidentiality.choices = [
            (value, translate(word, locale))
            for value, word in CONFIDENTIALITIES.items()
            if value in offered
        ]
        self.confidentiality.description = translate(explanation, locale)

    def values(self) -> DocumentValues:
        """Return what was filled in."""
        return DocumentValues(
            title=self.title.data,
            body_id=self.body_id.data or None,
            organisation_id=self.organisation_id.data or None,
            confidentiality=Confidentiality(self.confidentiality.data),
            imposed_by_body_id=self.imposed_by_body_id.data or None,
            confidentiality_ground=self.confidentiality_ground.data,
            retention_until=self.retention_until.data,
            retention_ground=self.retention_ground.data,
            woo_category=self.woo_category.data,
            woo_decision=WooDecision(self.woo_decision.data),
            woo_ground=self.woo_ground.data,
        )


class AddDocumentForm(DocumentForm, FileForm):
    """A new document with its first version."""


class VersionForm(FileForm):
    """A later version of a document."""

    note = TextAreaField(
        _l("What changed"),
        [AtMost(500)],
        filters=[lambda text: (text or "").strip()],
        render_kw={"rows": 3},
    )


class WithdrawForm(VersionedForm):
    """Why a document is withdrawn."""

    reason = LineField(_l("Why"), [NEEDED, AtMost(300)])
