"""The basistaken of the demo, after what a region of this kind does together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extranet.basistaken.models import TaskState
from extranet.demo.cast import ELEKTRICITEIT, OPWEK, TEAM, WARMTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A basistaak with its notes and the names of the budget lines that pay for it."""

    slug: str
    name: str
    aim: str
    body: str
    chair: str
    state: TaskState
    starts_on: date
    ends_on: date | None
    notes: tuple[tuple[date, str], ...]
    lines: tuple[str, ...]


TASKS = (
    Task(
        slug="warmte",
        name="Warmtetransitie",
        aim=(
            "Alle gemeenten krijgen dezelfde onderbouwing voor hun warmteprogramma en delen wat "
            "ze leren. Samen onderzoeken we waar collectieve warmte kansrijk is."
        ),
        body=WARMTE,
        chair="Loes Cuypers",
        state=TaskState.RUNNING,
        starts_on=date(2025, 1, 1),
        ends_on=date(2027, 12, 31),
        notes=(
            (
                date(2026, 9, 17),
                (
                    "De kansenkaart collectieve warmte is met alle gemeenten besproken. Twaalf van "
                    "de vijftien gebruiken hem in hun warmteprogramma."
                ),
            ),
            (
                date(2026, 10, 29),
                (
                    "De eerste stappen van de routekaart Groen Gas zijn klaar: drie gemeenten "
                    "bereiden een informatieavond voor de agrarische sector voor."
                ),
            ),
        ),
        lines=("Ontwikkelgroep warmte: onderzoek en advies",),
    ),
    Task(
        slug="p-miek",
        name="Elektriciteitsnet en p-MIEK",
        aim=(
            "De regio brengt haar projecten in bij het provinciale programma voor energie-"
            "infrastructuur en houdt met de netbeheerder de knelpunten op het net bij."
        ),
        body=ELEKTRICITEIT,
        chair="Pim Janssen",
        state=TaskState.RUNNING,
        starts_on=date(2025, 1, 1),
        ends_on=None,
        notes=(
            (
                date(2026, 10, 8),
                "Met provincie en netbeheerder zijn de werksporen voor 2027 afgesproken.",
            ),
        ),
        lines=("Ontwikkelgroep elektriciteit en p-MIEK",),
    ),
    Task(
        slug="grootschalige-opwek",
        name="Grootschalige opwek",
        aim="We volgen de afgesproken opwek van wind en zon en helpen bij wat vastloopt.",
        body=OPWEK,
        chair="Fleur Derks",
        state=TaskState.RUNNING,
        starts_on=date(2025, 1, 1),
        ends_on=date(2030, 12, 31),
        notes=(),
        lines=("Ontwikkelgroep grootschalige opwek",),
    ),
    Task(
        slug="kennisdeling",
        name="Kennis delen",
        aim=(
            "Wat één gemeente leert, weten ze alle vijftien. Kennissessies, een vraagbaak en een "
            "vast team, zodat kennis blijft als mensen gaan."
        ),
        body=TEAM,
        chair="Joris van Kessel",
        state=TaskState.RUNNING,
        starts_on=date(2025, 1, 1),
        ends_on=None,
        notes=(
            (
                date(2026, 11, 12),
                (
                    "Kennissessie over netcongestie: alle deelnemers waren er, behalve twee die "
                    "zich hadden afgemeld."
                ),
            ),
        ),
        lines=("Kennisdeling en kennissessies",),
    ),
    Task(
        slug="cijfers-per-gemeente",
        name="Cijfers per gemeente",
        aim="Elke gemeente krijgt één keer per jaar haar eigen cijfers naast die van de regio.",
        body=TEAM,
        chair="Joris van Kessel",
        state=TaskState.PLANNED,
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 9, 30),
        notes=(),
        lines=("Cijfers en monitoring per gemeente",),
    ),
)
