"""The file store of the application that serves this request."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from extranet.files import FileStore

EXTENSION = "extranet_files"


def init_app(app: Flask, files: FileStore) -> None:
    """Keep the file store on the application; it connects at the first file."""
    app.extensions[EXTENSION] = files


def get_files() -> FileStore:
    """Return the file store of the application that serves this request."""
    return cast(FileStore, current_app.extensions[EXTENSION])
