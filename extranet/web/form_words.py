"""What the form library says by itself, in our own words: what is wrong and how to mend it."""

from __future__ import annotations

from extranet.i18n import Text, translate
from extranet.web.jinja import current_locale

CHOICE = Text("This choice is not in the list. Choose again.")
NEEDED = Text("Fill this in.")
LENGTH = Text("Use at most %(max)d characters.")
# By the library's own source string; a test fails when the library says one of them otherwise.
WORDS: dict[str, Text] = {
    "Invalid Choice: could not coerce.": CHOICE,
    "Not a valid choice.": CHOICE,
    "'%(value)s' is not a valid choice for this field.": CHOICE,
    "'%(value)s' are not valid choices for this field.": CHOICE,
    "Field cannot be longer than %(max)d character.": LENGTH,
    "Field cannot be longer than %(max)d characters.": LENGTH,
    "Not a valid integer value.": Text("Write a whole number."),
    "This field is required.": NEEDED,
}


class FormWords:
    """The translations that the form library asks for a message of its own."""

    def gettext(self, message: str) -> str:
        """Return our words for a message; one that we have no words for stays as it is."""
        return translate(WORDS.get(message, message), current_locale())

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return our words for a message about one or more."""
        return self.gettext(singular if number == 1 else plural)
