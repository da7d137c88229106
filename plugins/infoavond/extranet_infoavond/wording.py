"""The texts of this plugin, with a catalogue of their own, and the words for its codes."""

from __future__ import annotations

from collections.abc import Mapping

from extranet import api


class Text(api.Text):
    """A text of this plugin; the core's own words keep their own Dutch."""

    folder = api.translations_of(__name__)


EVENING_STATES: Mapping[str, Text] = {
    "planned": Text("Planned"),
    "held": Text("Held"),
    "cancelled": Text("Cancelled"),
}
EVENING_KINDS: Mapping[str, str] = {
    "planned": "running",
    "held": "settled",
    "cancelled": "refused",
}
LETTER_STATES: Mapping[str, Text] = {
    "draft": Text("Draft"),
    "approved": Text("Approved"),
    "released": Text("Released"),
}
LETTER_KINDS: Mapping[str, str] = {
    "draft": "waiting",
    "approved": "running",
    "released": "settled",
}
# The parts of a letter in which the region may not be named.
PARTS: Mapping[str, Text] = {
    "subject": Text("Subject"),
    "sender": Text("Sender"),
    "street": Text("Street and number"),
    "postal_town": Text("Postal code and place"),
    "contact_name": Text("Contact"),
    "contact_email": Text("E-mail of the contact"),
    "contact_phone": Text("Telephone of the contact"),
    "signatory_name": Text("Signatory"),
    "signatory_function": Text("Function of the signatory"),
    "website": Text("Website"),
    "privacy_url": Text("Page about privacy"),
}
