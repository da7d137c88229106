"""The official code of an organisation, `scheme:value`, and what sort of organisation has it.

Municipalities and provinces as CBS writes them (`gm:0983`, `pv:31`), water boards as the registers
do (`ws:0665`), everybody else by Chamber of Commerce number (`kvk:12345678`).
"""

from __future__ import annotations

import re

from extranet.i18n import Text

_FORMS = {
    "gemeente": (re.compile(r"gm:\d{4}", re.ASCII), "gm:0983"),
    "provincie": (re.compile(r"pv:\d{2}", re.ASCII), "pv:31"),
    "waterschap": (re.compile(r"ws:\d{4}", re.ASCII), "ws:0665"),
}
_OTHERWISE = (re.compile(r"kvk:\d{8}", re.ASCII), "kvk:12345678")


def normal_code(typed: str) -> str:
    """Return a code as it is stored: lower case, without spaces."""
    return "".join(typed.split()).lower()


def code_refusal(code: str, kind: str) -> Text | None:
    """Return why an organisation of this kind cannot have this code, None when it can."""
    form, example = _FORMS.get(kind, _OTHERWISE)
    if form.fullmatch(code):
        return None
    return Text("An organisation of this kind has a code such as %(example)s.", example=example)
