"""Store what a plugin says about itself that must be known without its code."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from extranet.clock import now
from extranet.i18n import DEFAULT_LOCALE, translate
from extranet.plugins.declarations import Declared
from extranet.plugins.models import InstalledPlugin, PersonalDataDeclaration


def declare(session: Session, declared: Declared) -> None:
    """Store that a plugin is here and which data about people it keeps, in place of the last time.

    What it declared before and no longer does goes: its new version said so.
    """
    _keep_row(session, declared).fault = ""
    session.execute(
        delete(PersonalDataDeclaration).where(PersonalDataDeclaration.plugin == declared.name)
    )
    for data, blanks in declared.personal_data:
        session.add(
            PersonalDataDeclaration(
                plugin=declared.name,
                table_name=data.table,
                blanks=dict(blanks),
                retention=data.retention,
                about=translate(data.about, DEFAULT_LOCALE),
                whole_row=data.whole_row,
            )
        )


def declare_fault(session: Session, declared: Declared, reason: str) -> None:
    """Store that a plugin is here but its tables are not what it needs; its declarations stay."""
    _keep_row(session, declared).fault = reason[:500]


def _keep_row(session: Session, declared: Declared) -> InstalledPlugin:
    row = session.get(InstalledPlugin, declared.name)
    if row is None:
        row = InstalledPlugin(name=declared.name)
        session.add(row)
    row.title = translate(declared.title, DEFAULT_LOCALE)
    row.kind, row.version, row.seen_at = declared.kind, declared.version, now(session)
    return row
