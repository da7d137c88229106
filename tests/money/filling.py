"""Fill in the forms of pages, with what they carry along unseen."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def hidden(client: FlaskClient, address: str) -> dict[str, str]:
    """Return what the form of a page carries along."""
    page = client.get(address).text
    found = re.findall(r"<input [^>]*type=\"hidden\"[^>]*>", page)
    pairs = [(re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in found]
    return {name[1]: value[1] if value else "" for name, value in pairs if name}


def send(
    client: FlaskClient, address: str, *, to: str | None = None, **values: object
) -> TestResponse:
    """Fill in the form of a page and send it."""
    return client.post(to or address, data={**hidden(client, address), **values})
