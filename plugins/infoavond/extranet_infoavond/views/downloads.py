"""Files that a page gives away."""

from __future__ import annotations

from flask import Response

from extranet.api import (
    Table,
    current_locale,
    now,
    read_session,
    render_csv,
    render_xlsx,
    written,
)
from extranet_infoavond.wording import Text

SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(table: Table, name: str) -> Response:
    """Return a table as CSV; `name` is without its ending."""
    return attachment(render_csv(table), "text/csv; charset=utf-8; header=present", f"{name}.csv")


def xlsx_file(tables: list[Table], name: str) -> Response:
    """Return tables as a workbook, a sheet each; `name` is without its ending."""
    content = render_xlsx(
        tables,
        title=tables[0].title,
        language=current_locale(),
        notes_heading=written(Text("Notes")),
        created=now(read_session()),
    )
    return attachment(content, SHEETS, f"{name}.xlsx")


def attachment(content: str | bytes, media_type: str, filename: str) -> Response:
    """Return content that the browser keeps as a file; `filename` is ours: plain ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return Response(content, content_type=media_type, headers=headers)
