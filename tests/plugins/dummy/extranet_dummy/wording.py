"""The texts of the dummy, with a catalogue of their own."""

from __future__ import annotations

from extranet import api


class Text(api.Text):
    """A text of the dummy."""

    folder = api.translations_of(__name__)
