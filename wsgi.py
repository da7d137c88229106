"""The same door in a checkout, where servers look for it: `gunicorn wsgi:app`."""

from extranet.wsgi import app

__all__ = ["app"]
