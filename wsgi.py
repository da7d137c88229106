"""The door for a WSGI server: `gunicorn wsgi:app`, configured by `EXTRANET_*` variables."""

from extranet.app import create_app
from extranet.config import Config

app = create_app(Config.from_env())
