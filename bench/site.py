"""The application as gunicorn loads it for a measurement; the environment says which database."""

from __future__ import annotations

import gc

from extranet.app import create_app
from extranet.config import Config

app = create_app(Config.from_env(environment="development"))
gc.collect()
gc.freeze()
