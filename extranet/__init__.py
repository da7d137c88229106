"""Extranet for regional collaborations of Dutch governments.

Start at `app.py`, which reads as a table of contents; `docs/architecture.md` has the picture.
"""

__version__ = "0.1.0"
