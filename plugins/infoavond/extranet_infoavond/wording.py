"""The texts of this plugin, with a catalogue of their own."""

from __future__ import annotations

from extranet import api


class Text(api.Text):
    """A text of this plugin; the core's own words keep their own Dutch."""

    folder = api.translations_of(__name__)
