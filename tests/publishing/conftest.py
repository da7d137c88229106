"""The table and the letter that the tests of documents start from."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from extranet.publishing.letters import (
    ContributionLetter,
    Fact,
    FigureTable,
    Letterhead,
    Line,
    Signature,
)
from extranet.publishing.tables import Column, Table

MOMENT = datetime(2027, 3, 12, 9, 30, tzinfo=UTC)


@pytest.fixture
def moment() -> datetime:
    return MOMENT


@pytest.fixture
def contributions() -> Table:
    """Make a table with every kind of column, a total and a source."""
    return Table(
        title="Bijdragen 2027",
        columns=[
            Column(key="code", heading="Code"),
            Column(key="name", heading="Naam"),
            Column(key="inhabitants", heading="Inwoners", kind="number"),
            Column(key="amount_cents", heading="Bijdrage", kind="cents"),
            Column(key="share_percent", heading="Aandeel", kind="percent", decimals=2),
            Column(key="member_since", heading="Lid sinds", kind="date"),
        ],
        rows=[
            ["gm:0983", "Venlo", 104195, 25950772, Fraction(1, 3), date(2025, 1, 1)],
            ["gm:0984", "=1+1", 45782, 11402428, Fraction(2, 3), None],
            ["ws:0665", "Waterschap “Limburg”;\nRoermond", None, -3, None, date(2025, 1, 1)],
        ],
        total=[None, "Totaal", 149977, 37353197, Fraction(1), None],
        notes=["Inwoners: CBS, 03759ned, 1 januari 2026 (CC BY 4.0)", "=Bron()"],
    )


LETTERHEAD = Letterhead(
    name="Gemeente Venlo",
    address=["Hanzeplaats 1", "5912 AT Venlo"],
    contact=[
        Fact(label="Telefoon", value="14 077"),
        Fact(label="E-mail", value="res@venlo.example", link="mailto:res@venlo.example"),
        Fact(label="KvK", value=""),
    ],
)
EXPLANATION = FigureTable(
    heading="Zo komt het bedrag tot stand",
    text_heading="Stap",
    figure_heading="Uitkomst",
    lines=[
        Line(text="Te verdelen over 15 gemeenten", figure="€ 1.337.500,00"),
        Line(text="Inwoners van Venray", figure="45.782", note="CBS 03759ned"),
        Line(text="Aandeel van Venray", figure="€ 114.024,28"),
    ],
)
FORECAST = FigureTable(
    heading="Verwachting tot en met 2030",
    text_heading="Jaar",
    figure_heading="Bijdrage",
    lines=[
        Line(text=str(year), figure=f"€ {year},00", note="raming") for year in range(2027, 2031)
    ],
)


@pytest.fixture
def venray() -> ContributionLetter:
    """Fill in a letter in the words that a member reads."""
    return ContributionLetter(
        language="nl",
        letterhead=LETTERHEAD,
        addressee=["Gemeente Venray", "Het college van burgemeester en wethouders"],
        references=[
            Fact(label="Plaats en datum", value="Venlo, 12 maart 2027"),
            Fact(label="Ons kenmerk", value="RES-2027-0984"),
        ],
        subject="Bijdrage 2027 aan RES Noord- en Midden-Limburg",
        salutation="Geacht college,",
        paragraphs=["De begroting is vastgesteld; dit is jouw bijdrage én hoe zij ontstaat."],
        amount_label="Bijdrage van Venray",
        amount="€\N{NO-BREAK SPACE}114.024,28",
        explanation=EXPLANATION,
        years=FORECAST,
        payment=["Je ontvangt per kwartaal een betaalverzoek."],
        signature=Signature(
            closing="Met vriendelijke groet,", name="P.M. Jansen", function="Programmamanager"
        ),
        page_label="pagina %(page)s van %(pages)s",
        notice="Voorbeeld: deze brief is niet verstuurd.",
    )
