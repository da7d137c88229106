"""The browser tests notice what they must: another host, a broken page, a hurt policy."""

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests import browser as browsers

POLICY = {"Content-Security-Policy": "default-src 'self'; img-src *"}
PAGES = {
    "foreign": '<img src="http://127.0.0.1:9/picture.png" alt="">',
    "inline": "<script>document.title = 'changed'</script>",
    "error": '<script src="/script"></script>',
    "broken": '<img src="/fails" alt="">',
    "fine": "<p>Nothing wrong here.</p>",
}


@pytest.fixture(scope="module")
def address():
    """Where a small site is served that does what ours may not."""
    app = Flask(__name__)
    app.after_request(lambda response: response.headers.update(POLICY) or response)
    app.add_url_rule("/pages/<name>", "page", lambda name: f"<!doctype html>{PAGES[name]}")
    app.add_url_rule(
        "/script", "script", lambda: ("nothing();", {"Content-Type": "text/javascript"})
    )
    app.add_url_rule("/fails", "fails", lambda: ("", 500))
    with browsers.serving(app) as served:
        yield served


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("foreign", "asked another host"),
        ("inline", "content security policy"),
        ("error", "script: "),
        ("broken", "status 500"),
    ],
)
def test_problem_on_a_page_fails_the_test(browser: Browser, address, name, problem):
    with (
        pytest.raises(AssertionError, match=problem),
        browsers.watched_page(browser, address) as page,
    ):
        page.goto(f"/pages/{name}", wait_until="networkidle")


def test_page_without_problem_passes(browser: Browser, address):
    with browsers.watched_page(browser, address) as page:
        page.goto("/pages/fine", wait_until="networkidle")

        assert page.inner_text("p") == "Nothing wrong here."
