"""The people of the demo: invented names on plausible seats; `account` marks who can sign in."""

from __future__ import annotations

from dataclasses import dataclass

from extranet.access import Role
from extranet.membership.models import BodyKind
from extranet.people.models import Employment

DOMAIN = "demo.example.org"

WARMTE, ELEKTRICITEIT = "Ontwikkelgroep warmte", "Ontwikkelgroep elektriciteit en p-MIEK"
OPWEK = "Ontwikkelgroep grootschalige opwek"
TEAM, REGIEGROEP, PFO = "Programmateam", "Ambtelijke regiegroep", "Portefeuillehoudersoverleg"

BODIES = {
    TEAM: BodyKind.PROGRAMMATEAM,
    WARMTE: BodyKind.ONTWIKKELGROEP,
    ELEKTRICITEIT: BodyKind.ONTWIKKELGROEP,
    OPWEK: BodyKind.ONTWIKKELGROEP,
    REGIEGROEP: BodyKind.REGIEGROEP,
    PFO: BodyKind.PFO,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A person on a seat; `account` is the name before the @ of who can sign in, '' for nobody."""

    name: str
    organisation: str
    title: str
    role: Role
    body: str = ""
    account: str = ""
    employment: Employment = Employment.PERMANENT
    region: str = "nml"


CAST = (
    Part(
        name="Anke Verbruggen",
        organisation="gm:0983",
        title="Regiobeheerder",
        role=Role.REGION_ADMIN,
        body=TEAM,
        account="regiobeheerder",
    ),
    Part(
        name="Joris van Kessel",
        organisation="gm:0983",
        title="Programmamanager",
        role=Role.PROGRAMME_TEAM,
        body=TEAM,
        account="programmateam",
    ),
    Part(
        name="Milou Hendrikx",
        organisation="gm:0983",
        title="Controller van de regio",
        role=Role.CONTROLLER,
        body=TEAM,
        account="controller",
    ),
    Part(
        name="Saskia Thijssen",
        organisation="gm:0984",
        title="Financieel adviseur",
        role=Role.CONTACT,
        account="treasurer.venray",
    ),
    Part(
        name="Ruud Geraedts",
        organisation="gm:0957",
        title="Beleidsadviseur energie",
        role=Role.OFFICIAL,
        body=WARMTE,
        account="ambtenaar.roermond",
        employment=Employment.HIRED,
    ),
    Part(
        name="Ine Scheepers",
        organisation="gm:0988",
        title="Wethouder duurzaamheid",
        role=Role.PORTFOLIO_HOLDER,
        body=PFO,
        account="wethouder.weert",
    ),
    Part(
        name="Bas Willemsen",
        organisation="kvk:17131139",
        title="Gebiedsregisseur",
        role=Role.READER,
        body=ELEKTRICITEIT,
        account="lezer.enexis",
    ),
    Part(
        name="Karin Peters",
        organisation="gm:0944",
        title="Beleidsadviseur duurzaamheid",
        role=Role.OFFICIAL,
        body=WARMTE,
        account="ambtenaar.mook",
    ),
    Part(
        name="Karin Peters",
        organisation="gm:0944",
        title="Beleidsadviseur duurzaamheid",
        role=Role.OFFICIAL,
        account="ambtenaar.mook",
        region="rvn",
    ),
    Part(
        name="Tom Arntz",
        organisation="gm:0268",
        title="Regiobeheerder",
        role=Role.REGION_ADMIN,
        account="regiobeheerder.rvn",
        region="rvn",
    ),
    Part(
        name="Loes Cuypers",
        organisation="gm:0983",
        title="Voorzitter ontwikkelgroep warmte",
        role=Role.PROGRAMME_TEAM,
        body=WARMTE,
        account="voorzitter.warmte",
    ),
    Part(
        name="Pim Janssen",
        organisation="gm:0983",
        title="Voorzitter ontwikkelgroep elektriciteit",
        role=Role.PROGRAMME_TEAM,
        body=ELEKTRICITEIT,
    ),
    Part(
        name="Fleur Derks",
        organisation="gm:0983",
        title="Voorzitter ontwikkelgroep opwek",
        role=Role.PROGRAMME_TEAM,
        body=OPWEK,
        employment=Employment.HIRED,
    ),
    Part(
        name="Noor Claessen",
        organisation="gm:0983",
        title="Trainee energietransitie",
        role=Role.PROGRAMME_TEAM,
        body=TEAM,
        employment=Employment.TRAINEE,
    ),
    Part(
        name="Henk Driessen",
        organisation="gm:1507",
        title="Strategisch adviseur",
        role=Role.CONTACT,
        body=REGIEGROEP,
        account="adviseur.horst",
    ),
    Part(
        name="Marit Sanders",
        organisation="gm:1894",
        title="Strategisch adviseur",
        role=Role.CONTACT,
        body=REGIEGROEP,
        account="adviseur.peelenmaas",
    ),
    Part(
        name="Wim Joosten",
        organisation="pv:31",
        title="Beleidsadviseur energie",
        role=Role.CONTACT,
        body=REGIEGROEP,
    ),
    Part(
        name="Els Vermeulen",
        organisation="ws:0665",
        title="Adviseur energie en grondstoffen",
        role=Role.CONTACT,
        body=REGIEGROEP,
    ),
)
OPERATOR_ACCOUNT, OPERATOR_NAME = "beheerder", "Beheerder van de installatie"
