"""The texts of this plugin, with a catalogue of their own, and the words for its codes."""

from __future__ import annotations

from collections.abc import Mapping

from extranet import api


class Text(api.Text):
    """A text of this plugin; the core's own words keep their own Dutch."""

    folder = api.translations_of(__name__)


ADDRESS_NAMES_REGION = Text("The address of the public page names the region: %(words)s.")
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
# The words for the codes of sign-ups and initiatives, in the order in which they are offered.
KINDS: Mapping[str, Text] = {
    "mono_digestion": Text("Mono-digestion (manure of one farm)"),
    "co_digestion": Text("Co-digestion (manure with other streams)"),
    "hub": Text("Hub of several farms"),
    "central": Text("Central digester"),
}
STAGES: Mapping[str, Text] = {
    "interest": Text("Interest"),
    "talked": Text("Talked with"),
    "exploring": Text("Exploring"),
    "plan": Text("Plan"),
    "stopped": Text("Stopped"),
}
STAGE_KINDS: Mapping[str, str] = {
    "interest": "neutral",
    "talked": "running",
    "exploring": "running",
    "plan": "settled",
    "stopped": "refused",
}
SIGNUP_STATES: Mapping[str, Text] = {
    "confirmed": Text("Has a place"),
    "waiting": Text("On the waiting list"),
    "cancelled": Text("Called off"),
}
SIGNUP_STATE_KINDS: Mapping[str, str] = {
    "confirmed": "settled",
    "waiting": "waiting",
    "cancelled": "neutral",
}
LEGAL_BASES: Mapping[str, Text] = {
    "public_task": Text("The municipality's public task (GDPR article 6, paragraph 1, under e)"),
    "consent": Text("Consent of the resident (GDPR article 6, paragraph 1, under a)"),
}
