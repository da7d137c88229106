"""The forms of a municipality's house style."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import StringField

from extranet.api import VersionedForm, lazy
from extranet_infoavond.forms.fields import NOT_BLANK, AtMost, an_email, stripped
from extranet_infoavond.services.styles import StyleValues
from extranet_infoavond.wording import PARTS, Text


def _line(name: str, length: int, *, description: Text | None = None) -> StringField:
    return StringField(
        lazy(PARTS[name]),
        [AtMost(length)],
        filters=[stripped],
        description=lazy(description) if description else "",
    )


class StyleForm(VersionedForm):
    """How a municipality shows itself to its residents."""

    sender = StringField(
        lazy(PARTS["sender"]),
        [NOT_BLANK, AtMost(120)],
        filters=[stripped],
        description=lazy(Text("As it stands at the top of the letter: Gemeente Venray.")),
    )
    street = _line("street", 120)
    postal_town = _line("postal_town", 120)
    signatory_name = _line("signatory_name", 120, description=Text("The name under the letter."))
    signatory_function = _line("signatory_function", 120)
    contact_name = _line(
        "contact_name", 120, description=Text("Whom a resident asks: a person or a team.")
    )
    contact_phone = _line("contact_phone", 40)
    contact_email = StringField(
        lazy(PARTS["contact_email"]), [AtMost(254), an_email], filters=[stripped]
    )
    website = _line("website", 200, description=Text("It begins with https://."))
    privacy_url = _line(
        "privacy_url",
        200,
        description=Text("Where the municipality tells what it does with data. Shown at sign-up."),
    )
    accent = StringField(
        lazy(Text("Colour")),
        [AtMost(7)],
        filters=[stripped],
        description=lazy(Text("As # with six figures or letters, dark enough to read: #0f4c5a.")),
    )

    def values(self) -> StyleValues:
        """Return what was filled in; the form is valid."""
        return StyleValues(
            sender=str(self.sender.data),
            street=str(self.street.data),
            postal_town=str(self.postal_town.data),
            contact_name=str(self.contact_name.data),
            contact_email=str(self.contact_email.data),
            contact_phone=str(self.contact_phone.data),
            signatory_name=str(self.signatory_name.data),
            signatory_function=str(self.signatory_function.data),
            website=str(self.website.data),
            privacy_url=str(self.privacy_url.data),
            accent=str(self.accent.data).lower(),
        )


class LogoForm(VersionedForm):
    """A picture."""

    logo = FileField(
        lazy(Text("Picture")),
        description=lazy(Text("PNG or JPEG, at most 200 kB, at most five times as wide as high.")),
        render_kw={"accept": ".png,.jpg,.jpeg"},
    )
