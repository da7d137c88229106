"""The model clauses that a region starts with, and how an agreement is put together from them.

The words are ours, in plain Dutch, with the article of law where there is one; a region changes
them. They fit an agreement between public bodies that hand over no powers: it is no regeling by
the Wgr and needs no publication. `{naam}`, `{regio}` and `{drempel}` are filled in. Where there
is doubt about the number of an article of law, none is cited.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from extranet.i18n import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A model clause: what it is about, its heading, its paragraphs one a line, and its law."""

    subject: str
    title: str
    body: str
    law: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateArticle:
    """An article of a template; with `instead_of` it takes the place of that model clause."""

    key: str
    title: str
    body: str
    law: str = ""
    instead_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article as an agreement starts with it; `source` says where it was taken from."""

    key: str
    title: str
    body: str
    law: str
    source: str


SUBJECT_WORDS: Mapping[str, Text] = {
    "subject": Text("Subject"),
    "tasks": Text("Tasks"),
    "contribution": Text("Contribution"),
    "terms": Text("Terms"),
    "joining": Text("Joining"),
    "leaving": Text("Leaving"),
    "evaluation": Text("Evaluation"),
    "disputes": Text("Disputes"),
    "personal_data": Text("Personal data"),
}
SUBJECTS = tuple(SUBJECT_WORDS)
# A template's own articles follow the tasks: first what is done, then on which terms.
OWN_ARTICLES_AFTER = "tasks"

DEFAULTS: Mapping[str, Clause] = {
    clause.subject: clause
    for clause in (
        Clause(
            subject="subject",
            title="Waar deze overeenkomst over gaat",
            body=(
                "De partijen werken samen aan {naam}. Deze samenwerking is een plustaak binnen "
                "{regio}: zij komt bovenop de basistaken en wie niet meedoet, betaalt niet mee.\n"
                "De partijen dragen met deze overeenkomst geen bevoegdheden over. Elke partij "
                "neemt haar eigen besluiten. De overeenkomst is geen gemeenschappelijke regeling.\n"
                "Iedere partij verklaart dat haar bestuur tot deze overeenkomst heeft besloten en "
                "dat zij wordt vertegenwoordigd door wie daartoe bevoegd is."
            ),
            law=(
                "Burgerlijk Wetboek, artikel 6:213; Gemeentewet, artikelen 160 en 171; "
                "Provinciewet, artikelen 158 en 176; Waterschapswet, artikel 95"
            ),
        ),
        Clause(
            subject="tasks",
            title="Wat de partijen doen",
            body=(
                "De partijen voeren de plustaak samen uit volgens een jaarplan. In het jaarplan "
                "staat wat er gebeurt, wie het doet en wanneer het klaar is.\n"
                "Elke partij wijst één vast aanspreekpunt aan en zorgt dat haar mensen de "
                "afgesproken tijd beschikbaar hebben.\n"
                "De partijen beslissen samen en streven naar overeenstemming. Lukt dat niet, dan "
                "beslist de meerderheid van de partijen. Een besluit dat een partij meer geld kost "
                "dan is afgesproken, bindt haar alleen als zij daarmee heeft ingestemd.\n"
                "Naar inwoners en bedrijven treedt de eigen gemeente op, niet de regio."
            ),
        ),
        Clause(
            subject="contribution",
            title="Wat de partijen bijdragen",
            body=(
                "De kosten van de plustaak staan in een eigen begroting. Het geld van deze "
                "plustaak wordt niet gebruikt voor de basistaken of voor een andere plustaak.\n"
                "De partijen verdelen de kosten volgens de verdeelsleutel in de vastgestelde "
                "begroting. De bijdragen zijn samen precies gelijk aan het bedrag dat te verdelen "
                "is.\n"
                "Een partij is tot haar bijdrage verplicht zodra zij de begroting heeft aanvaard "
                "en haar algemeen bestuur het geld beschikbaar heeft gesteld.\n"
                "Een betaalverzoek wordt binnen dertig dagen betaald. Na afloop van het jaar volgt "
                "een afrekening op basis van de werkelijke kosten."
            ),
            law="Gemeentewet, artikel 189; Provinciewet, artikel 193",
        ),
        Clause(
            subject="terms",
            title="Duur en wijziging",
            body=(
                "De overeenkomst gaat in op de afgesproken datum, maar niet eerder dan de dag "
                "waarop alle partijen ermee hebben ingestemd. Zij geldt voor onbepaalde tijd.\n"
                "Een wijziging is een nieuwe versie. De oude versie blijft gelden totdat alle "
                "partijen met de nieuwe hebben ingestemd.\n"
                "Is er iets gebeurd dat niemand kon voorzien, en kan een partij daardoor in "
                "redelijkheid niet meer aan deze overeenkomst worden gehouden, dan overleggen de "
                "partijen eerst met elkaar over een aanpassing."
            ),
            law="Burgerlijk Wetboek, artikelen 6:217, 6:248 en 6:258",
        ),
        Clause(
            subject="joining",
            title="Meedoen op een later moment",
            body=(
                "Een gemeente, provincie of waterschap binnen {regio} kan later meedoen. De "
                "partijen spreken dan samen af vanaf welke dag en tegen welke bijdrage.\n"
                "Meedoen gaat met een nieuwe versie van deze overeenkomst, waarmee alle partijen "
                "en de nieuwe partij instemmen.\n"
                "Een nieuwe partij betaalt niet mee aan kosten van vóór de dag waarop zij "
                "meedoet, tenzij zij dat zelf toezegt. In het eerste jaar betaalt zij naar rato "
                "van het aantal maanden."
            ),
            law="Burgerlijk Wetboek, artikel 6:217",
        ),
        Clause(
            subject="leaving",
            title="Opzeggen",
            body=(
                "Een partij kan deze overeenkomst schriftelijk opzeggen tegen het einde van een "
                "kalenderjaar. Zij doet dat ten minste zes maanden van tevoren. De andere partijen "
                "hoeven daarmee niet in te stemmen.\n"
                "Wie opzegt, betaalt aan de overige partijen de kosten die zij door de opzegging "
                "niet meer kunnen vermijden. Die vergoeding is in de vijf jaren na de opzegging "
                "nooit meer dan 100, 80, 60, 40 en 20 procent van de eigen jaarbijdrage.\n"
                "Doen er na een opzegging minder dan {drempel} gemeenten mee, dan worden er geen "
                "nieuwe verplichtingen aangegaan en geen bijdragen meer gevraagd. De partijen "
                "beslissen binnen negentig dagen of zij doorgaan of stoppen.\n"
                "Wordt een partij door een herindeling opgeheven, dan treedt haar rechtsopvolger "
                "in haar plaats."
            ),
            law="Burgerlijk Wetboek, artikel 6:248; Wet algemene regels herindeling, artikel 44",
        ),
        Clause(
            subject="evaluation",
            title="Evaluatie",
            body=(
                "De partijen bekijken elk jaar samen wat de plustaak heeft opgeleverd: voor de "
                "regio als geheel en voor elke partij apart.\n"
                "Uiterlijk twee jaar na de start, en daarna elke vier jaar, volgt een evaluatie op "
                "papier. Daarin staat of de plustaak doorgaat, verandert of stopt.\n"
                "Elke partij legt de evaluatie voor aan haar eigen bestuur."
            ),
        ),
        Clause(
            subject="disputes",
            title="Als wij het niet eens worden",
            body=(
                "Er is een geschil zodra een partij dat schriftelijk aan de andere laat weten. De "
                "aanspreekpunten overleggen dan binnen twee weken, en als dat niet helpt de "
                "bestuurders binnen zes weken.\n"
                "Komen zij er niet uit, dan vragen zij samen een onafhankelijke mediator. De "
                "partijen delen de kosten van de mediator gelijk.\n"
                "Lukt het ook zo niet, dan kan elke partij naar de bevoegde burgerlijke rechter. "
                "Tot die tijd komen de partijen hun afspraken na. Op deze overeenkomst is "
                "Nederlands recht van toepassing."
            ),
        ),
        Clause(
            subject="personal_data",
            title="Persoonsgegevens",
            body=(
                "Elke partij is zelf verantwoordelijk voor de persoonsgegevens van haar inwoners. "
                "Andere partijen krijgen die gegevens niet; zij zien alleen aantallen.\n"
                "Bepalen partijen samen waarvoor en hoe zij persoonsgegevens gebruiken, dan leggen "
                "zij vooraf vast wie wat doet, wie vragen van inwoners beantwoordt en wie een "
                "datalek meldt.\n"
                "Gebruikt een partij gegevens in opdracht van een andere, dan sluiten zij een "
                "verwerkersovereenkomst. Gegevens worden niet langer bewaard dan nodig is."
            ),
            law=(
                "Algemene verordening gegevensbescherming, artikel 5, eerste lid, en de artikelen "
                "26, 28 en 33"
            ),
        ),
    )
}


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with `{naam}` and its like filled in; braces around anything else stay."""
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def put_together(
    articles: Sequence[TemplateArticle],
    clauses: Sequence[Clause],
    wanted: Collection[str],
    values: Mapping[str, str],
) -> tuple[NewArticle, ...]:
    """Return the articles of a new agreement: the wanted clauses, and a template's own articles.

    A template's article stands where the clause stood that it replaces; the others follow the
    tasks, or come first where there are no clauses before them. Raises ValueError for two articles
    with one key and for a clause that does not exist.
    """
    unknown = {*wanted, *(a.instead_of for a in articles if a.instead_of)} - set(SUBJECTS)
    if unknown:
        raise ValueError(f"there is no model clause {', '.join(sorted(unknown))}")
    by_subject = {clause.subject: clause for clause in clauses}
    replaced = {article.instead_of: article for article in articles if article.instead_of}
    made: list[NewArticle] = []
    for subject in SUBJECTS:
        if subject in replaced:
            made.append(_of_template(replaced[subject]))
        elif subject in wanted:
            made.append(_of_clause(by_subject[subject]))
        if subject == OWN_ARTICLES_AFTER:
            made += [_of_template(article) for article in articles if not article.instead_of]
    if len({article.key for article in made}) < len(made):
        raise ValueError("two articles of this template have one key")
    return tuple(
        replace(a, title=filled(a.title, values), body=filled(a.body, values)) for a in made
    )


def _of_clause(clause: Clause) -> NewArticle:
    return NewArticle(
        key=clause.subject,
        title=clause.title,
        body=clause.body,
        law=clause.law,
        source=f"clause:{clause.subject}",
    )


def _of_template(article: TemplateArticle) -> NewArticle:
    return NewArticle(
        key=article.key,
        title=article.title,
        body=article.body,
        law=article.law,
        source=f"template:{article.key}",
    )
