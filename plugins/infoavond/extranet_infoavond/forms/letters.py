"""The forms of the master text and of a municipality's letter."""

from __future__ import annotations

from wtforms import StringField, TextAreaField

from extranet.api import DateField, VersionedForm, lazy
from extranet_infoavond.forms.fields import NEEDED, NOT_BLANK, AtMost, stripped
from extranet_infoavond.rules.letters import LONGEST_BODY, LONGEST_SUBJECT
from extranet_infoavond.wording import Text


class LetterForm(VersionedForm):
    """The subject and the text of an invitation, with fields between braces."""

    subject = StringField(
        lazy(Text("Subject")), [NOT_BLANK, AtMost(LONGEST_SUBJECT)], filters=[stripped]
    )
    body = TextAreaField(
        lazy(Text("Text")),
        [NOT_BLANK, AtMost(LONGEST_BODY)],
        filters=[stripped],
        description=lazy(
            Text(
                "The first paragraph greets the reader. An empty line begins a new paragraph. The "
                "closing and the signature come by themselves."
            )
        ),
        render_kw={"rows": 22},
    )


class ApproveForm(VersionedForm):
    """Who of the municipality approved the letter, and when."""

    approved_by = StringField(
        lazy(Text("Approved by")),
        [NOT_BLANK, AtMost(160)],
        filters=[stripped],
        description=lazy(
            Text("A function or a body, no name: the alderman for energy, or the college.")
        ),
    )
    approved_on = DateField(lazy(Text("Approved on")), [NEEDED])
