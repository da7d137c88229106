"""Make HTML that stands alone, outside the site: a page in an archive, read from a disk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from extranet.formats import time_tag
from extranet.i18n import catalogue, translate
from extranet.paths import data_dir


def render_html(template: str, values: Mapping[str, object], *, locale: str) -> bytes:
    """Return a page as UTF-8; every value is escaped, a `Text` is in the reader's language."""
    return _environment(locale).get_template(template).render(values).encode()


@cache
def _environment(locale: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(data_dir("templates")),
        undefined=StrictUndefined,
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(  # type: ignore[attr-defined]  # by the extension
        catalogue(locale), newstyle=True
    )

    def text(value: object) -> str:
        return translate(value, locale)

    def long_date(value: date | datetime) -> Markup:
        return time_tag(value, locale)

    environment.globals["locale"] = locale
    environment.filters.update(t=text, long_date=long_date)
    return environment
