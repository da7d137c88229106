"""What the form library says by itself is said in our own words."""

from __future__ import annotations

from pathlib import Path

import pytest
import wtforms

from extranet.i18n import LOCALES
from extranet.web.form_words import WORDS, FormWords

LIBRARY = Path(wtforms.__file__).parent


@pytest.mark.parametrize("message", WORDS)
def test_words_are_about_what_the_library_says(message: str):
    assert any(f'"{message}"' in path.read_text("utf-8") for path in LIBRARY.rglob("*.py"))


@pytest.mark.parametrize("locale", LOCALES)
def test_gettext_speaks_the_language_of_the_reader(app, locale):
    words = {
        "nl": "Deze keuze staat niet in de lijst. Kies opnieuw.",
        "en": "This choice is not in the list. Choose again.",
    }
    with app.test_request_context(headers={"Cookie": f"extranet_locale={locale}"}):
        assert FormWords().gettext("Not a valid choice.") == words[locale]


def test_ngettext_keeps_the_place_of_a_number(app):
    with app.test_request_context():
        said = FormWords().ngettext(
            "Field cannot be longer than %(max)d character.",
            "Field cannot be longer than %(max)d characters.",
            40,
        )

    assert said % {"max": 40, "min": -1, "length": 50} == "Gebruik hoogstens 40 tekens."
