"""What no address or form may carry, refused once, before any view: it fits in no column.

PostgreSQL keeps no NUL in a text, and both databases keep numbers of things in 32 bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask, g, request
from werkzeug.routing import IntegerConverter, Map

from extranet.errors import InvalidInput, NotFound
from extranet.i18n import Text
from extranet.web.access import PLACES

NUL = "\0"
LARGEST_NUMBER = 2**31 - 1


class NumberConverter(IntegerConverter):
    """A whole number in an address that a database can hold; a larger one is no page."""

    def __init__(self, url_map: Map, *arguments: Any, **options: Any) -> None:
        """Bound the number from above, unless the route does so itself."""
        super().__init__(url_map, *arguments, **{"max": LARGEST_NUMBER, **options})


def init_app(app: Flask) -> None:
    """Bound the numbers in addresses and refuse requests with a NUL; before the routes come."""
    app.url_map.converters["int"] = NumberConverter
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    if NUL in request.path:
        for name in PLACES:  # so that the page about it does not look for that place either
            g.pop(f"{name}_slug", None)
        raise NotFound(Text("This page does not exist."))
    if any(NUL in text for text in _sent()):
        message = Text("What you sent holds a sign that cannot be stored. Leave it out.")
        raise InvalidInput({"": message})


def _sent() -> Iterator[str]:
    """Give every name and value of the query and the form, and the names of files."""
    for values in (request.args, request.form):
        for name, value in values.items(multi=True):
            yield from (name, value)
    for name, file in request.files.items(multi=True):
        yield from (name, file.filename or "")
