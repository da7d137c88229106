"""The door for a WSGI server: `gunicorn extranet.wsgi:app`, set up by `EXTRANET_*` variables."""

from __future__ import annotations

from extranet.app import create_app
from extranet.config import Config

app = create_app(Config.from_env())
