"""The three contracts of the plustaak and its settings, as the manifest hands them over."""

from __future__ import annotations

from extranet.api import Article, BudgetTemplateLine, ParticipantsRule, Setting
from extranet_infoavond.wording import Text

LONGEST_DAYS = 730
SETTINGS = (
    Setting(
        key="capacity",
        title=Text("Usual number of places"),
        default=80,
        help=Text("A new evening starts with this number; its page changes it."),
        minimum=1,
        maximum=2000,
    ),
    Setting(
        key="letter_days",
        title=Text("Days before the evening that a letter is approved"),
        default=28,
        help=Text("On that day the approval of each municipality is due, so that it can send."),
        minimum=0,
        maximum=180,
    ),
    Setting(
        key="retention_days",
        title=Text("Days that sign-ups are kept after the evening"),
        help=Text("A municipality may choose another number on its own public page."),
        default=90,
        minimum=1,
        maximum=LONGEST_DAYS,
    ),
    Setting(
        key="initiative_days",
        title=Text("Days that names at an initiative are kept after the last change"),
        default=LONGEST_DAYS,
        minimum=30,
        maximum=LONGEST_DAYS,
    ),
    Setting(
        key="smallest_count",
        title=Text("Smallest count of residents that others may see"),
        help=Text("A smaller one is not shown outside the municipality itself."),
        default=5,
        minimum=3,
        maximum=50,
    ),
)

PARTICIPANTS = ParticipantsRule(
    minimum=3,
    kinds=frozenset({"gemeente"}),
    words=Text("At least three municipalities take part: each invites its own residents."),
)

ARTICLES = (
    Article(
        key="evenings",
        title=Text("What the parties organise"),
        text=Text(
            "The parties organise information evenings for farmers about green gas.\n"
            "Each evening has one or more host municipalities. Everybody who farms in one of these "
            "may come, and it costs a visitor nothing."
        ),
    ),
    Article(
        key="coalition",
        title=Text("What the coalition does"),
        text=Text(
            "The coalition plans the evenings, finds the venue and the speakers, and writes the "
            "text from which each municipality makes its own letter.\n"
            "The coalition stays in the background. Nothing that residents or businesses read "
            "names it or the region."
        ),
    ),
    Article(
        key="municipality",
        title=Text("What each municipality does"),
        text=Text(
            "Each municipality is the face for its own residents. The letter bears its name, its "
            "signatory and its house style. It approves its own letter and sends it itself.\n"
            "It answers questions of its own residents, during the sign-up and afterwards, and "
            "follows the initiatives on its territory."
        ),
    ),
    Article(
        key="costs",
        title=Text("Which costs are shared"),
        text=Text(
            "The budget of this plustaak pays for the venue, the speakers, the printing, the "
            "postage and the project leader.\n"
            "The hours of a municipality's own people are its own costs."
        ),
    ),
    Article(
        key="residents",
        title=Text("Residents' data"),
        text=Text(
            "What residents fill in belongs to their own municipality. That municipality is the "
            "controller and chooses the legal basis and how long the data are kept.\n"
            "Only its own people see the data. The other parties see counts, and no small ones.\n"
            "With whoever runs the extranet each municipality has a processing agreement "
            "(article 28 of the AVG)."
        ),
    ),
    Article(
        key="looking_back",
        title=Text("Looking back at the evenings"),
        text=Text(
            "Within two months after the last evening of a year the parties look back: who came, "
            "which initiatives came out of it and what should be done otherwise.\n"
            "What was learned is written down for all members."
        ),
    ),
)

EXAMPLE = Text("An example for four evenings a year. Fill in what you agreed.")
BUDGET_LINES = (
    BudgetTemplateLine(
        key="venue",
        name=Text("Venue and coffee"),
        amounts=(300_000, 300_000, 0, 0),
        note=EXAMPLE,
    ),
    BudgetTemplateLine(
        key="speakers", name=Text("Speakers"), amounts=(240_000, 240_000, 0, 0), note=EXAMPLE
    ),
    BudgetTemplateLine(
        key="letters",
        name=Text("Printing and postage of the letters"),
        amounts=(360_000, 360_000, 0, 0),
        note=EXAMPLE,
    ),
    BudgetTemplateLine(
        key="leading",
        name=Text("Project leader"),
        amounts=(1_200_000, 1_200_000, 0, 0),
        note=EXAMPLE,
    ),
)
