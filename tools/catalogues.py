"""Bring the catalogues in step with the source: `python -m tools.catalogues`.

Dutch keeps what it has and gets an empty entry for what is new; English repeats the source. What
the source no longer says goes. Ends with an error that lists what still lacks Dutch.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
KEYWORDS = {**DEFAULT_KEYWORDS, "Text": None, "_l": None}
LANGUAGES = {"en": "English", "nl": "Dutch"}
KEPT_HEADERS = {
    "Project-Id-Version",
    "Language",
    "Plural-Forms",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}
WIDTH = 100

MsgId = str | tuple[str, ...] | list[str]


def extract(root: Path = ROOT) -> set[MsgId]:
    """Return every source string that templates and code show; a pair has a plural."""
    with (root / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # of Babel
    found = extract_from_dir(str(root), methods, options, KEYWORDS, directory_filter=_is_source)
    return {message for _, _, message, _, _ in found if message}


def read(language: str, root: Path = ROOT) -> Catalog:
    """Return the catalogue of a language, an empty one when there is none yet."""
    path = _path(language, root)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def is_translated(message: Message) -> bool:
    """Tell whether a message has a text, each plural form included, that nobody has to check."""
    texts = message.string if isinstance(message.string, list | tuple) else [message.string]
    return bool(texts) and all(texts) and not message.fuzzy


def renewed(language: str, sources: set[MsgId], old: Catalog) -> Catalog:
    """Return the catalogue with exactly these source strings and the texts known for them."""
    new = Catalog(
        locale=language,
        project="Extranet",
        version="0.1",
        fuzzy=False,
        header_comment=f"# {LANGUAGES[language]} texts of the extranet. EUPL-1.2.",
    )
    for source in sources:
        known = old.get(source if isinstance(source, str) else source[0])
        empty: MsgId = "" if isinstance(source, str) else ("", "")
        kept = known.string if known is not None and known.id == source else empty
        new.add(source, source if language == "en" else kept)
    return new


def as_text(catalogue: Catalog) -> str:
    """Return the catalogue as a file, sorted and without dates: only changes of text differ."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, sort_output=True, width=WIDTH)
    return "".join(_without_dates(buffer.getvalue().decode()))


def main() -> None:
    """Renew and compile every catalogue."""
    sources = extract()
    missing: list[MsgId] = []
    for language in LANGUAGES:
        catalogue = renewed(language, sources, read(language))
        path = _path(language, ROOT)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_text(catalogue), encoding="utf-8")
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(language))
        missing += [m.id for m in catalogue if m.id and not is_translated(m)]
    if missing:
        sys.exit("\n".join(["these texts lack Dutch:", *(f"  {source!r}" for source in missing)]))


def _path(language: str, root: Path) -> Path:
    return root / "translations" / language / "LC_MESSAGES" / "messages.po"


def _is_source(folder: str) -> bool:
    return Path(folder).name not in {".venv", "node_modules", "static", "__pycache__"}


def _without_dates(text: str) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        name, colon, _ = line.lstrip('"').partition(":")
        is_header = line.startswith('"') and colon and name.replace("-", "").isalpha()
        if not is_header or name in KEPT_HEADERS or not line.endswith('\\n"\n'):
            yield line


if __name__ == "__main__":
    main()
