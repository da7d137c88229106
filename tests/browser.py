"""A real browser for the journeys: the machine's Chromium or Playwright's, which drives it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)
from werkzeug.serving import make_server

from tools.browser import find_on_path

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# What the browser does by itself; nothing of it leaves the machine.
LOCAL_SCHEMES = ("about", "blob", "data")


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start the browser without a window; the test fails without one, it never skips."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_on_path(), args=[*FLAGS, *as_root]
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve the application from a thread on a free port and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def watched_page(browser: Browser, address: str, **settings: Any) -> Iterator[Page]:
    """Give a page in a new profile; fail when it asked another host, broke or hurt the policy.

    A page that the test opens beside it, in the same context, is watched too. `settings` are those
    of `Browser.new_context`.
    """
    problems: list[str] = []
    own_host = urlsplit(address).netloc

    def on_request(request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme not in LOCAL_SCHEMES and target.netloc != own_host:
            problems.append(f"asked another host: {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= 500:
            problems.append(f"status {response.status}: {response.url}")

    def on_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            problems.append(f"content security policy: {message.text}")

    context = browser.new_context(
        base_url=address, locale="nl-NL", timezone_id="Europe/Amsterdam", **settings
    )
    context.on("request", on_request)
    context.on("response", on_response)
    context.on("console", on_console)
    context.on("weberror", lambda error: problems.append(f"script: {error.error}"))
    try:
        yield context.new_page()
    finally:
        context.close()
    if problems:
        raise AssertionError("\n".join(problems))
