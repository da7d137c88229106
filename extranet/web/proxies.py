"""Behind proxies that we trust: who asks comes from them, our own address from `base_url`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from extranet.config import Config

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def init_app(app: Flask, config: Config) -> None:
    """Believe the proxies about the visitor's address; without proxies nothing changes."""
    if not config.trusted_proxies:
        return
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way
        _at_own_address(app.wsgi_app, config.base_url), x_for=config.trusted_proxies, x_proto=0
    )


def _at_own_address(inner: Wsgi, base_url: str) -> Wsgi:
    """Let every request come in at the site's own address, whatever Host the proxy passes on.

    The check against forged forms compares it with the Referer of the browser.
    """
    parts = urlsplit(base_url)

    def at_own_address(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        environ["wsgi.url_scheme"], environ["HTTP_HOST"] = parts.scheme, parts.netloc
        return inner(environ, start_response)

    return at_own_address
