"""What a view gives away to be kept: a file with a name, and a table as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask import Response
from flask_babel import gettext as _

from extranet.publishing import csv_export, spreadsheet
from extranet.publishing.tables import Table
from extranet.web.jinja import current_locale


def download(content: str | bytes | Iterable[bytes], media_type: str, filename: str) -> Response:
    """Return content that the browser keeps as a file; `filename` is ours: plain ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return Response(content, content_type=media_type, headers=headers)


def csv_file(table: Table, name: str) -> Response:
    """Return a table as CSV for a spreadsheet; `name` is without its ending."""
    content = csv_export.render_csv_for_people(table, current_locale())
    return download(content, csv_export.MEDIA_TYPE, f"{name}.csv")


def xlsx_file(
    tables: Sequence[Table],
    name: str,
    *,
    author: str = "",
    notes_heading: str = "",
    created: datetime | None = None,
) -> Response:
    """Return tables as a workbook, a sheet each, for people; `name` is without its ending."""
    content = spreadsheet.render_xlsx(
        tables,
        title=tables[0].title,
        language=current_locale(),
        author=author,
        notes_heading=notes_heading or _("Sources"),
        created=created,
    )
    return download(content, spreadsheet.MEDIA_TYPE, f"{name}.xlsx")
