"""Letters as values: every word translated, every amount and date written out, ready to be set.

The templates hold no words of their own, so a letter is in the language of whoever fills it in.
An empty text leaves its line out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import ClassVar

from extranet.publishing.pdf import render_pdf

COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label with its value: "Telefoon" and "14 077", "Ons kenmerk" and "2027-014".

    With a `link` (mailto:, tel: or https:) the value leads there; another kind is a ValueError.
    """

    label: str
    value: str
    link: str = ""

    def __post_init__(self) -> None:
        """Refuse a link that could run something."""
        if self.link and not self.link.startswith(("mailto:", "tel:", "https://")):
            raise ValueError(f"a letter cannot link to {self.link!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The sender: name, address lines, and how to reach and identify it.

    `logo` is a PNG or JPEG picture above the name, at most five times as wide as high, with
    `logo_words` for who does not see it; `accent` is a colour as `#rrggbb` in place of ours.
    """

    name: str
    address: Sequence[str] = ()
    contact: Sequence[Fact] = ()
    logo: bytes = b""
    logo_words: str = ""
    accent: str = ""

    def __post_init__(self) -> None:
        """Refuse a logo that nobody can hear and a colour that is none."""
        if self.logo and not self.logo_words.strip():
            raise ValueError("a logo needs words for who does not see it")
        if self.accent and not COLOUR.fullmatch(self.accent):
            raise ValueError(f"{self.accent!r} is no colour")

    def to_data(self) -> dict[str, object]:
        """Return the letterhead as its template reads it: JSON knows no bytes, but numbers."""
        return {**asdict(self), "logo": list(self.logo)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The closing words and who signs."""

    closing: str
    name: str
    function: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of paragraphs.

    `addressee` are the lines in the window of the envelope, five at most for the window to show
    them all. `references` stand in one row above the subject: place and date, our reference.
    `page_label` holds `%(page)s` and `%(pages)s`. A `notice` ("Voorbeeld: dit is geen echte
    brief") is repeated on every page.
    """

    TEMPLATE: ClassVar[str] = "publishing/letter.typ"

    language: str
    letterhead: Letterhead
    addressee: Sequence[str]
    references: Sequence[Fact]
    subject: str
    salutation: str
    paragraphs: Sequence[str]
    signature: Signature
    page_label: str
    notice: str = ""

    def to_data(self) -> dict[str, object]:
        """Return the letter as the mapping that its template reads."""
        return {**asdict(self), "letterhead": self.letterhead.to_data()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a table: text at the left, a quiet note after it, the figure at the right."""

    text: str
    figure: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """A table of lines under a heading; the two column headings are read out with each line."""

    heading: str
    text_heading: str
    figure_heading: str
    lines: Sequence[Line]

    def __post_init__(self) -> None:
        """Raise ValueError without a line: there would be no outcome to show."""
        if not self.lines:
            raise ValueError(f"the table {self.heading!r} needs a line")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionLetter(Letter):
    """The letter that tells a member what it pays, why, and what it may expect.

    The last line of `explanation` is the amount that is paid and is set bold; it should read the
    same as `amount`. `payment` are the paragraphs after the tables.
    """

    TEMPLATE: ClassVar[str] = "money/contribution_letter.typ"

    amount_label: str
    amount: str
    explanation: FigureTable
    years: FigureTable
    payment: Sequence[str] = ()


def render_letter(letter: Letter, *, created: datetime | None = None) -> bytes:
    """Return the letter as PDF/UA-1 and PDF/A-2a; the subject is the document's title.

    `created` is an aware UTC moment. Raises what `render_pdf` raises.
    """
    return render_pdf(
        letter.TEMPLATE,
        letter.to_data(),
        title=letter.subject,
        language=letter.language,
        created=created,
    )
