"""Tables as files to download."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from extranet.publishing import csv_export, spreadsheet
from extranet.publishing.tables import Table
from extranet.web.jinja import current_locale


def csv_file(table: Table, name: str) -> Response:
    """Return a table as CSV, for programs."""
    return _file(csv_export.render_csv(table), f"{name}.csv", csv_export.MEDIA_TYPE)


def xlsx_file(table: Table, name: str) -> Response:
    """Return a table as a workbook, for people."""
    content = spreadsheet.render_xlsx(
        [table], title=table.title, language=current_locale(), notes_heading=_("Sources")
    )
    return _file(content, f"{name}.xlsx", spreadsheet.MEDIA_TYPE)


def _file(content: bytes, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, content_type=media_type)
