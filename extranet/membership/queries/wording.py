"""How kinds of organisations, memberships and roles are called on screen."""

from __future__ import annotations

from extranet.access import Role
from extranet.i18n import Text
from extranet.membership.models import BodyKind, LegalForm, MembershipKind, OrganisationKind
from extranet.membership.queries.members import When

KINDS: dict[str, Text] = {
    OrganisationKind.GEMEENTE: Text("Municipality"),
    OrganisationKind.PROVINCIE: Text("Province"),
    OrganisationKind.WATERSCHAP: Text("Water board"),
    OrganisationKind.NETBEHEERDER: Text("Grid operator"),
    OrganisationKind.OTHER: Text("Other organisation"),
}
PARTS: dict[str, Text] = {
    MembershipKind.DEELNEMER: Text("Deelnemer"),
    MembershipKind.PARTNER: Text("Partner"),
}
WHENS: dict[str, Text] = {
    When.NOW: Text("Members of today"),
    When.SOON: Text("Soon a member"),
    When.FORMER: Text("Former members"),
    When.EVER: Text("All of them"),
}
LEGAL_FORMS: dict[str, Text] = {
    LegalForm.SOK: Text("Samenwerkingsovereenkomst"),
    LegalForm.CENTRUMREGELING: Text("Centrumregeling"),
    LegalForm.GR: Text("Gemeenschappelijke regeling"),
}
BODY_KINDS: dict[str, Text] = {
    BodyKind.ONTWIKKELGROEP: Text("Ontwikkelgroep"),
    BodyKind.REGIEGROEP: Text("Regiegroep"),
    BodyKind.PFO: Text("Portefeuillehoudersoverleg"),
    BodyKind.PROGRAMMATEAM: Text("Programmateam"),
    BodyKind.COLLEGE: Text("College"),
    BodyKind.RAAD: Text("Raad"),
    BodyKind.OTHER: Text("Other body"),
}
ROLES: dict[str, Text] = {
    Role.REGION_ADMIN: Text("Region admin"),
    Role.PROGRAMME_TEAM: Text("Programme team"),
    Role.CONTROLLER: Text("Controller of the region"),
    Role.CONTACT: Text("Contact"),
    Role.OFFICIAL: Text("Official"),
    Role.PORTFOLIO_HOLDER: Text("Portfolio holder"),
    Role.READER: Text("Reader"),
}
