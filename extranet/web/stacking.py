"""Tables that stand as a list on a narrow screen: every cell carries the name of its column."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)
HEADING = re.compile(r'<th scope="col"[^>]*>(.*?)</th>', re.DOTALL)
START = re.compile(r"<(tr|th|td)\b( colspan)?")


def labelled(table: Markup) -> Markup:
    """Return the inside of a table with the name of its column on each cell, for the style sheet.

    The first cell of a row is its heading (th) and needs none; one that spans columns has none.
    """
    head = HEAD.search(table)
    if head is None:
        return table
    names = [escape(Markup(text).striptags()) for text in HEADING.findall(head.group())]  # noqa: S704 - our own markup, and escaped again
    column = -1

    def with_name(start: re.Match[str]) -> str:
        nonlocal column
        column = -1 if start[1] == "tr" else column + 1
        has_name = start[1] == "td" and not start[2] and column < len(names)
        return f'<td data-label="{names[column]}"' if has_name else start[0]

    rows = START.sub(with_name, str(table)[head.end() :])
    return Markup(str(table)[: head.end()] + rows)  # noqa: S704 - what came in, and escaped names
