"""A municipality's house style: a logo that is one, and its letter."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extranet.api import Fact, Letter, Letterhead, Signature
from extranet_infoavond.rules.evenings import day_text
from extranet_infoavond.rules.letters import CLOSING, paragraphs

LARGEST_LOGO = 200_000  # bytes
LEAST_SIDE, MOST_SIDE, MOST_WIDE = 40, 2000, 5  # pixels, pixels, and width against height

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
# Every start of a frame; C4, C8 and CC are other things among them.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
GREY, COLOURED = 1, 3  # components; four is for the printing press, and no screen shows it alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a picture is by its content: its media type and its size in pixels."""

    media_type: str
    width: int
    height: int

    @property
    def fits(self) -> bool:
        """Tell whether the size is that of a logo."""
        sides = (self.width, self.height)
        return (
            min(sides) >= LEAST_SIDE
            and max(sides) <= MOST_SIDE
            and self.width <= MOST_WIDE * self.height
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a letterhead shows of a municipality; an empty text leaves its line out."""

    sender: str
    address: Sequence[str] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    signatory: str = ""
    function: str = ""
    accent: str = ""
    logo: bytes = b""


def picture_of(content: bytes) -> Picture | None:
    """Return what a picture is, by its content and not by its name; None for anything else."""
    if content.startswith(PNG) and content[12:16] == b"IHDR" and len(content) > 24:
        width, height = struct.unpack(">II", content[16:24])
        return Picture(media_type="image/png", width=width, height=height)
    return _jpeg(content) if content.startswith(JPEG) else None


def letter_of(paper: Paper, *, subject: str, body: str, day: date, notice: str = "") -> Letter:
    """Return the letter of a municipality; the first paragraph of the body greets the reader."""
    greeting, *rest = paragraphs(body) or [""]
    return Letter(
        language="nl",
        letterhead=Letterhead(
            name=paper.sender,
            address=paper.address,
            contact=[
                Fact(label="Telefoon", value=paper.phone),
                Fact(label="E-mail", value=paper.email),
                Fact(label="Website", value=paper.website.removeprefix("https://")),
            ],
            logo=paper.logo,
            logo_words=f"Logo van {paper.sender}",
            accent=paper.accent,
        ),
        addressee=(),
        references=[Fact(label="Datum", value=day_text(day))],
        subject=subject,
        salutation=greeting,
        paragraphs=rest,
        signature=Signature(
            closing=CLOSING,
            name=paper.signatory,
            function=paper.function,
            organisation=paper.sender,
        ),
        page_label="pagina %(page)s van %(pages)s",
        notice=notice,
    )


def signed(paper: Paper) -> str:
    """Return the closing as it stands under a letter, for a text that goes without its paper."""
    lines = (CLOSING, paper.sender, paper.signatory, paper.function)
    return "\n".join(line for line in lines if line)


def _jpeg(content: bytes) -> Picture | None:
    """Return what a JPEG is, from its first frame; None when it has none that a screen shows."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            if content[at + 9] not in {GREY, COLOURED}:
                return None
            return Picture(media_type="image/jpeg", width=width, height=height)
        at += 2 + max(length, 2)
    return None
