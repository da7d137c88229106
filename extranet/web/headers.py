"""Security headers on every response (Internet.nl's web test, ASVS 5.0 chapter 3)."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.wrappers import Response

from extranet.config import Config

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: the CSRF check on https compares the Referer.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
STATIC = {"static", "plugin_static"}
ONE_YEAR = "max-age=31536000; includeSubDomains"


def init_app(app: Flask, config: Config) -> None:
    """Put the headers on every response, error pages and files included."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if config.is_secure:
            response.headers.setdefault("Strict-Transport-Security", ONE_YEAR)
        if request.endpoint not in STATIC or response.status_code >= 400:
            # Personal pages must not stay behind in a shared browser's cache.
            response.headers.setdefault("Cache-Control", "no-store")
        return response
