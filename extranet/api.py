"""Everything of the core that a plugin may import; what is not named here may change any day.

`API_VERSION` says which: the second number grows with each addition, the first with a break. A
test holds `__all__` against the list of what was promised.
"""

from __future__ import annotations

from flask import render_template
from sqlalchemy.orm import DeclarativeBase

from extranet.access import (
    EVERY_COALITION_ROLE,
    EVERY_ROLE,
    SPEAKING,
    Actor,
    CoalitionRole,
    Permission,
    Role,
    permission,
    permits,
)
from extranet.activity.services import Subject, record
from extranet.clock import now, today
from extranet.db import UtcDateTime
from extranet.errors import Conflict, InvalidInput, NotAllowed, NotFound, TooMany, Unavailable
from extranet.i18n import Euros, Text
from extranet.people.services.attempts import Limit
from extranet.plugins.contributions import (
    Change,
    Example,
    Job,
    Panel,
    PersonalData,
    Place,
    Refusal,
    Todo,
)
from extranet.plugins.gate import current_place, public_subject, public_url_for, staff_host
from extranet.plugins.hookspecs import hookimpl
from extranet.plugins.limits import count_attempt
from extranet.plugins.manifest import (
    API_VERSION,
    Article,
    BudgetTemplateLine,
    Manifest,
    ParticipantsRule,
    PluginKind,
    Setting,
    SettingLevel,
    SettingValue,
)
from extranet.plugins.pages import Pages
from extranet.plugins.queries.participants import (
    Participant,
    is_live,
    organisation_names,
    participants_of,
)
from extranet.plugins.queries.places import places_of
from extranet.plugins.services.keeping import (
    drop_date,
    drop_findable,
    drop_public_address,
    keep_date,
    keep_findable,
    keep_public_address,
    keep_summary,
)
from extranet.plugins.services.mail import queue_mail
from extranet.plugins.services.settings import Settings, settings_of
from extranet.plugins.tables import ANNOTATIONS, plugin_metadata, reference
from extranet.plugins.tasks import place_of, queue_job
from extranet.plugins.wording import lazy, translations_of, written
from extranet.publishing.csv_export import render_csv
from extranet.publishing.downloads import csv_file, download, xlsx_file
from extranet.publishing.letters import Fact, Letter, Letterhead, Signature, render_letter
from extranet.publishing.spreadsheet import render_xlsx
from extranet.publishing.tables import Column, Table
from extranet.web.access import current_actor, public, requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.forms import CentsField, DateField, Form, VersionedForm
from extranet.web.jinja import current_locale
from extranet.web.navigation import NavigationEntry
from extranet.web.paging import asked_key, page_of

__all__ = [
    "ANNOTATIONS",
    "API_VERSION",
    "EVERY_COALITION_ROLE",
    "EVERY_ROLE",
    "SPEAKING",
    "Actor",
    "Article",
    "BudgetTemplateLine",
    "CentsField",
    "Change",
    "CoalitionRole",
    "Column",
    "Conflict",
    "DateField",
    "DeclarativeBase",
    "Euros",
    "Example",
    "Fact",
    "Form",
    "InvalidInput",
    "Job",
    "Letter",
    "Letterhead",
    "Limit",
    "Manifest",
    "NavigationEntry",
    "NotAllowed",
    "NotFound",
    "Pages",
    "Panel",
    "Participant",
    "ParticipantsRule",
    "Permission",
    "PersonalData",
    "Place",
    "PluginKind",
    "Refusal",
    "Role",
    "Setting",
    "SettingLevel",
    "SettingValue",
    "Settings",
    "Signature",
    "Subject",
    "Table",
    "Text",
    "Todo",
    "TooMany",
    "Unavailable",
    "UtcDateTime",
    "VersionedForm",
    "asked_key",
    "count_attempt",
    "csv_file",
    "current_actor",
    "current_locale",
    "current_place",
    "download",
    "drop_date",
    "drop_findable",
    "drop_public_address",
    "hookimpl",
    "is_live",
    "keep_date",
    "keep_findable",
    "keep_public_address",
    "keep_summary",
    "lazy",
    "now",
    "organisation_names",
    "page_of",
    "participants_of",
    "permission",
    "permits",
    "place_of",
    "places_of",
    "plugin_metadata",
    "public",
    "public_subject",
    "public_url_for",
    "queue_job",
    "queue_mail",
    "read_session",
    "record",
    "reference",
    "render_csv",
    "render_letter",
    "render_template",
    "render_xlsx",
    "requires",
    "settings_of",
    "staff_host",
    "today",
    "translations_of",
    "unit_of_work",
    "written",
    "xlsx_file",
]
