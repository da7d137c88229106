"""Templates compile, are found, are used, and carry no style or script of their own."""

import ast
import re
from pathlib import Path, PurePosixPath

import pytest
from flask import Flask
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, meta, nodes

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
# A string in the code that can only be the name of a template.
NAME = re.compile(r"[a-z_]+/[a-z_]+\.(?:html|txt|typ)")
# Pages of the frame belong to no view.
NO_VIEW = {"layout"}
# What a view shows in place of its own page (what is missing, was refused or comes next), and
# what two views share.
VARIANTS = {
    "agreements/no_agreement.html",
    "basistaken/task_form.html",
    "money/no_contribution.html",
    "money/no_contributions.html",
    "money/undivided.html",
    "people/recovery_codes.html",
    "people/set_up_form.html",
    "population/unreadable.html",
}
INLINE = {
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "script without src": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "style attribute": re.compile(r"<[^<>]*\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^<>]*\s(?:hx-)?on[a-z:-]+\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}


def template_names() -> list[str]:
    """Return every template by the name under which it is loaded."""
    paths = [path for path in TEMPLATES.rglob("*") if path.is_file()]
    return sorted(str(path.relative_to(TEMPLATES)) for path in paths)


def pages() -> list[str]:
    return [name for name in template_names() if name.endswith(".html")]


def named_in_code(source: str) -> set[str]:
    """Return the templates that Python code names."""
    texts = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    return {text for text in texts if isinstance(text, str) and NAME.fullmatch(text)}


def all_named_in_code() -> dict[str, str]:
    """Return for every template that the code names a file that does."""
    return {
        name: str(path.relative_to(ROOT))
        for path in (ROOT / "extranet").rglob("*.py")
        for name in named_in_code(path.read_text())
    }


def named_in_template(environment: Environment, name: str, source: str) -> set[str]:
    """Return the templates that a template extends, includes or imports."""
    if name.endswith(".typ"):
        folder = PurePosixPath("/", name).parent
        links = re.findall(r'#(?:import|include) "([^"]+\.typ)"', source)
        return {str(folder / link).removeprefix("/") for link in links}
    parsed = environment.parse(source)
    found = {link for link in meta.find_referenced_templates(parsed) if link is not None}
    # A page that chooses between frames names them in an expression.
    chosen = (
        one.value for node in parsed.find_all(nodes.Extends) for one in node.find_all(nodes.Const)
    )
    return found | {one for one in chosen if isinstance(one, str) and NAME.fullmatch(one)}


def all_named_in_templates(environment: Environment) -> dict[str, str]:
    """Return for every template that a template names one that does."""
    return {
        link: name
        for name in template_names()
        for link in named_in_template(environment, name, (TEMPLATES / name).read_text())
    }


def inline_parts(source: str) -> list[str]:
    """Return what the content security policy would refuse."""
    markup = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    return [what for what, pattern in INLINE.items() if pattern.search(markup)]


def test_templates_are_strict(site: Flask):
    assert site.jinja_env.undefined is StrictUndefined


@pytest.mark.parametrize("name", pages())
def test_template_compiles(site: Flask, name):
    assert site.jinja_env.get_template(name).name == name


def test_every_template_that_is_named_exists(site: Flask):
    named = all_named_in_code() | all_named_in_templates(site.jinja_env)
    existing = set(template_names())

    assert {name: where for name, where in named.items() if name not in existing} == {}


def test_every_template_is_used(site: Flask):
    named = all_named_in_code() | all_named_in_templates(site.jinja_env)

    assert [name for name in template_names() if name not in named] == []


def test_path_of_every_page_is_its_endpoint(site: Flask):
    # The views of a nested blueprint are known by its own name, wherever it is nested.
    views = {".".join(endpoint.split(".")[-2:]) for endpoint in site.view_functions}
    without_view = {
        name
        for name in pages()
        if Path(name).parts[0] not in NO_VIEW
        and not Path(name).name.startswith("_")
        and name.removesuffix(".html").replace("/", ".") not in views
    }

    assert without_view == VARIANTS


@pytest.mark.parametrize("name", pages())
def test_template_has_nothing_inline(name):
    assert inline_parts((TEMPLATES / name).read_text()) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<style>a {}</style>",
        "<script>x()</script>",
        '<p class="a" style="color: red">',
        '<a href="#" onclick="x()">',
        '<a hx-on:click="x()">',
        '<a href="javascript:x()">',
    ],
)
def test_inline_part_is_seen(markup):
    assert len(inline_parts(markup)) == 1


@pytest.mark.parametrize(
    "markup", ['<script src="/a.js" defer></script>', "{# style= #}<p>on=</p>"]
)
def test_ordinary_markup_passes(markup):
    assert inline_parts(markup) == []


def test_name_in_code_is_seen():
    code = "render_template('money/budget.html', title='a/b'); queue(template='people/reset.txt')"

    assert named_in_code(code) == {"money/budget.html", "people/reset.txt"}


@pytest.mark.parametrize(
    ("name", "source", "link"),
    [
        ("a/b.html", "{% extends 'layout/page.html' %}", "layout/page.html"),
        ("a/b.html", "{% extends 'a/c.html' if x else y %}", "a/c.html"),
        ("a/b.html", "{% from 'layout/_forms.html' import field %}", "layout/_forms.html"),
        ("a/b.typ", '#import "_c.typ": d', "a/_c.typ"),
        ("a/b.typ", '#import "/e/_f.typ": g', "e/_f.typ"),
    ],
)
def test_name_in_template_is_seen(name, source, link):
    assert named_in_template(Environment(autoescape=True), name, source) == {link}


def test_undefined_value_is_an_error(site: Flask):
    environment = site.jinja_env.overlay(loader=DictLoader({"x.html": "{{ nothing }}"}))

    with pytest.raises(UndefinedError, match="'nothing' is undefined"):
        environment.get_template("x.html").render()
