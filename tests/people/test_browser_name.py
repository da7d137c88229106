"""The name of a browser as the list of sessions shows it."""

from __future__ import annotations

import pytest

from extranet.people.rules import browser_name

CHROME = "Mozilla/5.0 (X11; Linux x86_64) (KHTML, like Gecko) Chrome/156 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME, "Chrome, Linux"),
        (f"{CHROME} Edg/156", "Edge, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:150.0) Gecko/20100101 Firefox/150.0",
            "Firefox, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) Safari/605", "Safari, iPhone"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_names_browser_and_system(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name
