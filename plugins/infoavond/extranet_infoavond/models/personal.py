"""Which columns hold data about residents, and on what day the core erases them."""

from __future__ import annotations

from extranet.api import PersonalData
from extranet_infoavond.wording import Text

PERSONAL_DATA = (
    PersonalData(
        table="infoavond_signups",
        columns=("name", "company", "email", "phone", "remark"),
        retention="keep_until",
        about=Text("residents who signed up"),
        whole_row=True,
    ),
    PersonalData(
        table="infoavond_initiatives",
        columns=("initiator", "contact", "note"),
        retention="keep_until",
        about=Text("initiators"),
    ),
)
