"""The forms of agreements and of model clauses."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired

from extranet.agreements.rules import ANSWER_WORDS
from extranet.i18n import Text, translate
from extranet.membership.forms.fields import AtMost
from extranet.web.forms import DateField, Form, VersionedForm, optional_text
from extranet.web.jinja import current_locale

NOT_BLANK = DataRequired(_l("Fill this in."))
CHOSEN = InputRequired(_l("Choose one."))
LONGEST_TITLE, LONGEST_TEXT, LONGEST_LAW = 160, 20_000, 200
PARAGRAPHS = _l("One paragraph a line. More than one is numbered by itself.")


class ArticleForm(VersionedForm):
    """An article: its heading, its paragraphs and the article of law that it rests on."""

    title = StringField(_l("Heading"), [NOT_BLANK, AtMost(LONGEST_TITLE)], filters=[optional_text])
    body = TextAreaField(
        _l("Text"),
        [NOT_BLANK, AtMost(LONGEST_TEXT)],
        filters=[optional_text],
        description=PARAGRAPHS,
        render_kw={"rows": 14},
    )
    law = StringField(
        _l("Article of law"),
        [AtMost(LONGEST_LAW)],
        filters=[optional_text],
        description=_l("For example “Burgerlijk Wetboek, artikel 6:248”."),
    )


class AddArticleForm(ArticleForm):
    """A new article, after another one; `clause` is the model clause that it starts from."""

    clause = HiddenField()
    after = SelectField(_l("Place"))

    def offer(self, places: Sequence[tuple[str, str]]) -> AddArticleForm:
        """Fill in after which articles it can stand; the last place unless told."""
        self.after.choices = [*places, ("", translate(Text("At the end"), current_locale()))]
        return self


class DescribeForm(VersionedForm):
    """What a draft says beside its articles."""

    title = StringField(_l("Title"), [NOT_BLANK, AtMost(LONGEST_TITLE)], filters=[optional_text])
    intro = TextAreaField(
        _l("Introduction"),
        [AtMost(LONGEST_TEXT)],
        filters=[optional_text],
        description=_l("Why the parties work together, in a few lines."),
        render_kw={"rows": 6},
    )
    in_force_from = DateField(
        _l("Agreed date"),
        description=_l("From this day the agreement is in force, if all have consented by then."),
    )
    note = TextAreaField(
        _l("What changes"),
        [AtMost(1000)],
        filters=[optional_text],
        description=_l("The parties read this in their mail and above the text."),
        render_kw={"rows": 3},
    )


class NewVersionForm(Form):
    """The version that a new one starts from, and what it is to change."""

    source = SelectField(_l("Start from"), [CHOSEN], coerce=int)
    note = TextAreaField(
        _l("What changes"),
        [NOT_BLANK, AtMost(1000)],
        filters=[optional_text],
        description=_l("The parties read this in their mail and above the text."),
        render_kw={"rows": 3},
    )


class ConfirmForm(VersionedForm):
    """A question that is answered with a button; `version` is what was seen."""


class WithdrawForm(VersionedForm):
    """Why a sent version is taken back."""

    reason = TextAreaField(
        _l("Reason"),
        [NOT_BLANK, AtMost(500)],
        filters=[optional_text],
        description=_l("Everybody who sees the agreement reads this."),
        render_kw={"rows": 3},
    )


class AnswerForm(VersionedForm):
    """What a party says, by which body, when, and where that can be read."""

    answer = RadioField(_l("Answer"), [CHOSEN])
    remark = TextAreaField(
        _l("Remark or reason"),
        [AtMost(2000)],
        filters=[optional_text],
        description=_l("With “declines” you say why; the other parties read it."),
        render_kw={"rows": 4},
    )
    body_name = StringField(
        _l("Body that decided"),
        [NOT_BLANK, AtMost(120)],
        filters=[optional_text],
        description=_l("For example college, gedeputeerde staten or dagelijks bestuur."),
    )
    decided_on = DateField(_l("Date of the decision"), [InputRequired(_l("Fill this in."))])
    evidence = StringField(
        _l("Where the decision can be read"),
        [NOT_BLANK, AtMost(500)],
        filters=[optional_text],
        description=_l("For example the list of decisions, with date and item."),
    )

    def offer(self) -> AnswerForm:
        """Fill in the answers in the reader's language."""
        locale = current_locale()
        self.answer.choices = [
            (value, translate(word, locale)) for value, word in ANSWER_WORDS.items()
        ]
        return self
