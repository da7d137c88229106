"""The forms with which a population release comes in, and with which a region chooses one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import HiddenField

from extranet.i18n import Text
from extranet.membership.forms.fields import NEEDED, AtMost, LineField, Needed
from extranet.web.forms import DateField, Form, VersionedForm


class UploadForm(Form):
    """The files of a release."""

    files = MultipleFileField(
        _l("Files of CBS"),
        [Needed(Text("Choose the files of the release."))],
        description=_l("JSON, CSV or zip; you can choose several at once."),
    )


class ImportForm(Form):
    """What a release will be called here; `sealed_release` is the release itself, signed."""

    name = LineField(_l("Name"), [NEEDED, AtMost(120)])
    released_on = DateField(_l("Released on"))
    sealed_release = HiddenField()


class AdoptForm(VersionedForm):
    """Confirm that the region works with a release from now on."""
