"""The documents of the demo: small, real files, each of which says that it is an example."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.coalitions.models import Coalition
from extranet.demo.cast import PFO, REGIEGROEP, WARMTE
from extranet.documents.models import Confidentiality, WooDecision
from extranet.documents.rules.uploads import read_upload
from extranet.documents.services.documents import DocumentValues, add_document
from extranet.documents.services.versions import add_version
from extranet.files import FileStore
from extranet.membership.models import Body, Region
from extranet.publishing.letters import Fact, Letter, Letterhead, Signature, render_letter

EXAMPLE = "Voorbeeld: dit is geen echt stuk"
SELECTION = "Voorbeeld: selectielijst gemeenten 2020, resultaat 11.1"
WRITTEN = datetime(2026, 7, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document with its author's name and the name and content of each version."""

    title: str
    body: str
    files: Sequence[tuple[str, bytes]]
    confidentiality: Confidentiality = Confidentiality.MEMBERS
    imposed_by: str | None = None
    ground: str = ""
    keep_until: date | None = None
    woo_category: str = ""
    woo_decision: WooDecision = WooDecision.NOT_DECIDED


def fill_papers(session: Session, *, region: Region, files: FileStore) -> None:
    """Add the documents to the demo region."""
    bodies = {
        body.name: body.id
        for body in session.scalars(select(Body).where(Body.region_id == region.id))
    }
    for paper in papers(region):
        values = DocumentValues(
            title=paper.title,
            body_id=bodies[paper.body],
            confidentiality=paper.confidentiality,
            imposed_by_body_id=bodies[paper.imposed_by] if paper.imposed_by else None,
            confidentiality_ground=paper.ground,
            retention_until=paper.keep_until,
            retention_ground=SELECTION if paper.keep_until else "",
            woo_category=paper.woo_category,
            woo_decision=paper.woo_decision,
        )
        _add(session, files, region.id, values, paper.files)


def fill_coalition_papers(session: Session, *, coalition: Coalition, files: FileStore) -> None:
    """Add what a coalition of the demo has to read: the plan that it starts from."""
    values = DocumentValues(
        title="Plan van aanpak voor de informatieavonden",
        confidentiality=Confidentiality.MEMBERS,
        organisation_id=coalition.proposed_by_id,
    )
    uploads = (("Plan van aanpak informatieavonden.txt", _text(*PLAN)),)
    _add(session, files, coalition.region_id, values, uploads, owner=f"coalition:{coalition.id}")


def papers(region: Region) -> Sequence[Paper]:
    """Return what there is to read in the demo."""
    return (
        Paper(
            title="Toelichting op de begroting 2027-2030",
            body=REGIEGROEP,
            files=(("Toelichting begroting 2027-2030.pdf", _explanation(region)),),
            keep_until=date(2037, 12, 31),
            woo_category="2g",
            woo_decision=WooDecision.PUBLISH,
        ),
        Paper(
            title="Verslag van de ontwikkelgroep warmte, oktober 2026",
            body=WARMTE,
            files=(
                ("Verslag warmte oktober (concept).txt", _text(*NOTES[:2])),
                ("Verslag warmte oktober.txt", _text(*NOTES)),
            ),
            confidentiality=Confidentiality.PARTICIPANTS,
        ),
        Paper(
            title="Voorstel voor de verdeling van de kosten bij uittreden",
            body=PFO,
            files=(("Voorstel uittreden.txt", _text(*PROPOSAL)),),
            confidentiality=Confidentiality.CONFIDENTIAL,
            imposed_by=PFO,
            ground="Voorbeeld: de bespreking loopt nog",
        ),
    )


NOTES = (
    "Twaalf van de vijftien gemeenten gebruiken de kansenkaart collectieve warmte.",
    "De routekaart Groen Gas: drie gemeenten bereiden een informatieavond voor.",
    "Volgende keer: wat vraagt het warmteprogramma van de netbeheerder?",
)
PROPOSAL = (
    "Wie uittreedt, betaalt vijf jaar lang een deel van de eigen bijdrage, elk jaar minder.",
    "De portefeuillehouders bespreken dit voorstel in hun volgende overleg.",
)
PLAN = (
    "Elke gemeente nodigt haar eigen boeren uit, met een eigen brief.",
    "Na de avond weet elke gemeente wie een initiatief heeft en wie belt.",
)
EXPLANATION = (
    (
        "De begroting heeft regels voor het programmateam, de ontwikkelgroepen en het delen van "
        "kennis. Elke regel staat er voor vier jaar in."
    ),
    (
        "Provincie en waterschap betalen een vast bedrag. De gemeenten verdelen de rest naar het "
        "aantal inwoners op de peildatum. Bij elke bijdrage staat hoe zij is berekend."
    ),
    (
        "Van een aantal bronnen van geld is nog niet zeker of ze na 2027 blijven. De begroting "
        "laat zien welke dat zijn."
    ),
)


def _add(
    session: Session,
    files: FileStore,
    region_id: int,
    values: DocumentValues,
    versions: Sequence[tuple[str, bytes]],
    *,
    owner: str = "",
) -> None:
    uploads = [
        read_upload(io.BytesIO(content), name=name, most_megabytes=1) for name, content in versions
    ]
    document = add_document(
        session,
        files=files,
        region_id=region_id,
        owner=owner,
        values=values,
        upload=uploads[0],
        token=f"demo-{uploads[0].sha256[:32]}",
        actor=None,
    )
    for upload in uploads[1:]:
        add_version(
            session,
            files=files,
            document=document,
            upload=upload,
            token=f"demo-{upload.sha256[:32]}",
            note="Voorbeeld: vastgesteld, met een punt erbij",
            actor=None,
        )


def _text(*lines: str) -> bytes:
    return "\n\n".join((EXAMPLE, *lines, "")).encode()


def _explanation(region: Region) -> bytes:
    """Return the explanation of the budget as a letter in PDF."""
    letter = Letter(
        language="nl",
        letterhead=Letterhead(
            name=region.name, address=(region.sender_address, region.sender_place)
        ),
        addressee=("Aan de colleges van de deelnemers",),
        references=(Fact(label="Datum", value="2 juli 2026"),),
        subject="Toelichting op de begroting 2027-2030",
        salutation="Geacht college,",
        paragraphs=EXPLANATION,
        signature=Signature(
            closing="Met vriendelijke groet,",
            name=region.signatory_name,
            function=region.signatory_function,
            organisation=region.name,
        ),
        page_label="Pagina %(page)s van %(pages)s",
        notice=EXAMPLE,
    )
    return render_letter(letter, created=WRITTEN)
