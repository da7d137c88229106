"""What a view gives away to be kept has one maker."""

from pathlib import Path

from flask import Flask

from extranet.publishing.downloads import csv_file, download, xlsx_file
from extranet.publishing.tables import Column, Table

EXTRANET = Path(__file__).parents[2] / "extranet"
TABLE = Table(title="Leden", columns=[Column(key="name", heading="Naam")], rows=[("Venray",)])


def test_only_one_module_makes_downloads():
    makers = [
        str(path.relative_to(EXTRANET))
        for path in EXTRANET.rglob("*.py")
        if "Content-Disposition" in path.read_text()
    ]

    # Documents are streamed from their store, under the name that somebody gave them.
    of_documents = ["documents/rules/names.py", "documents/views/serving.py"]
    assert sorted(makers) == [*of_documents, "publishing/downloads.py"]


def test_download_is_kept_under_its_name(app: Flask):
    with app.test_request_context("/"):
        answers = [
            download("{}", "application/json", "mijn-gegevens.json"),
            csv_file(TABLE, "leden"),
            xlsx_file([TABLE], "leden"),
        ]

    assert [answer.headers["Content-Disposition"] for answer in answers] == [
        'attachment; filename="mijn-gegevens.json"',
        'attachment; filename="leden.csv"',
        'attachment; filename="leden.xlsx"',
    ]
    assert answers[1].get_data() == b"\xef\xbb\xbfNaam\r\nVenray\r\n"
    assert answers[2].get_data().startswith(b"PK")
