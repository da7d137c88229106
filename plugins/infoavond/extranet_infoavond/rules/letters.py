"""The text of an invitation: its fields, the text to start from, and two texts beside each other.

The text is the municipality's own, in Dutch whoever reads it here, so the text to start from is no
message with a translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from extranet_infoavond.wording import Text

FIELDS: Mapping[str, Text] = {
    "gemeente": Text("the municipality"),
    "ondertekenaar": Text("who signs, from the house style"),
    "functie": Text("the function of who signs, from the house style"),
    "contactpersoon": Text("whom a resident asks, from the house style"),
    "telefoon": Text("the telephone number of the contact, from the house style"),
    "email": Text("the e-mail address of the contact, from the house style"),
    "avond": Text("the title of the evening"),
    "datum": Text("the day of the evening"),
    "tijd": Text("from when to when"),
    "locatie": Text("the venue with its street"),
    "plaats": Text("the place where the venue is"),
    "programma": Text("the programme, a line for each part"),
    "aanmeldadres": Text("the address of the municipality's public page"),
}
# What only the house style can tell; the rest comes from the evening and its public page.
FROM_STYLE = ("ondertekenaar", "functie", "contactpersoon", "telefoon", "email")
FROM_PAGE = ("aanmeldadres",)
LONGEST_SUBJECT = 160
LONGEST_BODY = 8000
BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
CLOSING = "Met vriendelijke groet,"

FIRST_SUBJECT = "Uitnodiging: {avond} op {datum}"
FIRST_BODY = """\
Beste heer, mevrouw,

Wilt u weten wat groen gas voor uw bedrijf kan betekenen? De gemeente {gemeente} nodigt u uit voor \
een informatieavond voor agrariërs.

Wanneer: {datum}, {tijd}
Waar: {locatie}, {plaats}

U hoort welke soorten initiatieven er zijn, van een vergister op uw eigen erf tot samen met \
anderen. We vertellen wat het kost, wat het oplevert en welke vergunningen u nodig hebt. Ook is er \
tijd voor uw vragen.

{programma}

Komt u ook? Meld u aan op {aanmeldadres}. De avond is gratis.

Hebt u een vraag? Stel die aan {contactpersoon}. Bel {telefoon} of mail naar {email}."""


def unknown_fields(text: str) -> list[str]:
    """Return what stands between braces and is no field, as it was written, once each."""
    found = [match[0] for match in BRACES.finditer(text) if match[1] not in FIELDS]
    return list(dict.fromkeys(found))


def used_fields(text: str) -> list[str]:
    """Return the fields that a text uses, once each."""
    return list(dict.fromkeys(m[1] for m in BRACES.finditer(text) if m[1] in FIELDS))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its fields filled in; one without a value stays, for all to see."""
    return BRACES.sub(lambda match: values.get(match[1] or "", "") or match[0], text)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: an empty line stands between two of them."""
    plain = text.replace("\r\n", "\n")
    return [part.strip() for part in re.split(r"\n[ \t]*\n", plain) if part.strip()]


def compared(before: str, after: str) -> list[tuple[str, str]]:
    """Return the paragraphs of two texts beside each other; '' where one has none."""
    old, new = paragraphs(before), paragraphs(after)
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    return [
        pair
        for _tag, i1, i2, j1, j2 in matcher.get_opcodes()
        for pair in _beside(old[i1:i2], new[j1:j2])
    ]


def _beside(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    for index in range(max(len(old), len(new))):
        yield (
            old[index] if index < len(old) else "",
            new[index] if index < len(new) else "",
        )
