"""The first part of a region's address: short, and never one that the site uses itself."""

from __future__ import annotations

import re

from extranet.i18n import Text

_FORM = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
LONGEST = 40

# First parts of addresses that are the site's own, now or soon; a test holds it against the routes.
RESERVED = frozenset(
    {
        "aanmelden",
        "account",
        "admin",
        "afmelden",
        "agenda",
        "api",
        "beheer",
        "demo",
        "favicon",
        "gezond",
        "handelen-namens",
        "help",
        "p",
        "privacy",
        "robots",
        "static",
        "taal",
        "toegankelijkheid",
        "uitnodiging",
        "wachtwoord-herstellen",
        "wachtwoord-vergeten",
        "zoeken",
    }
)


def slug_refusal(slug: str) -> Text | None:
    """Return why a region cannot have this address, None when it can."""
    if len(slug) > LONGEST or not _FORM.fullmatch(slug):
        return Text(
            "Use lower case letters, figures and single hyphens, starting with a letter; "
            "at most %(most)s characters.",
            most=LONGEST,
        )
    if slug in RESERVED:
        return Text("The site itself uses this address. Choose another one.")
    return None
