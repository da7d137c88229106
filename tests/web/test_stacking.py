"""Tables that stand as a list on a narrow screen."""

from __future__ import annotations

from markupsafe import Markup

from extranet.web.stacking import labelled

HEAD = Markup(
    '<thead><tr><th scope="col">Name</th><th scope="col" class="num">A &lt;b&gt; &amp; "c"</th>'
    "</tr></thead>"
)


def test_every_cell_names_its_column():
    row = Markup('<tr class="own"><th scope="row">Weert</th>{}<td class="num">1</td></tr>')
    table = HEAD + row.format("") + row.format("")

    found = labelled(table)

    label = 'data-label="A &lt;b&gt; &amp; &#34;c&#34;" '
    assert str(found) == str(table).replace("<td ", f"<td {label}")


def test_a_cell_over_all_columns_names_none():
    table = HEAD + Markup('<tr class="ex-no-rows"><td colspan="2">Nobody.</td></tr>')

    assert labelled(table) == table


def test_a_table_without_head_stays_as_it_is():
    table = Markup("<tbody><tr><td>1</td></tr></tbody>")

    assert labelled(table) == table
