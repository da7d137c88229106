"""Few hooks, each typed, explained with an example, and behind a method with the same arguments."""

import inspect
import re
from pathlib import Path

import pytest

from extranet.plugins import hookspecs
from extranet.plugins.calling import SPECS, Hooks
from extranet.plugins.host import PluginHost

FAMILIES = ("register", "show", "check", "on")
DOCUMENT = Path(__file__).parents[2] / "docs" / "plugins.md"
MOST = 20


def arguments_of(function) -> list[str]:
    return [name for name in inspect.signature(function).parameters if name != "self"]


def documented(text: str) -> dict[str, list[str]]:
    """Return the hooks that a text has a heading for, with the arguments it names."""
    found = re.findall(r"^### `(extranet_\w+)\(([^)]*)\)`$", text, re.MULTILINE)
    return {name: [one.strip() for one in names.split(",") if one.strip()] for name, names in found}


def test_there_are_few_hooks_in_four_families():
    assert 0 < len(SPECS) <= MOST
    assert {name.split("_")[1] for name in SPECS} == set(FAMILIES)


@pytest.mark.parametrize("name", SPECS)
def test_hook_is_typed_and_has_an_example(name):
    spec = SPECS[name]
    hints = inspect.get_annotations(spec)

    assert set(hints) == {*arguments_of(spec), "return"}
    assert re.search(r"\n    Example: `", spec.__doc__ or "")


@pytest.mark.parametrize("name", SPECS)
def test_method_behind_a_hook_takes_its_arguments_and_returns_its_type(name):
    method = getattr(Hooks, name.removeprefix("extranet_"))
    spec = SPECS[name]

    assert arguments_of(method) == ["plugin", *arguments_of(spec)]
    wanted, given = (inspect.get_annotations(one) for one in (spec, method))
    assert {n: given[n] for n in arguments_of(spec)} == {n: wanted[n] for n in arguments_of(spec)}
    items = re.sub(r"^Iterable\[(.*)\]$", r"tuple[\1, ...]", wanted["return"])
    assert given["return"] == items


@pytest.mark.parametrize("name", [n for n in SPECS if "_register_" not in n])
def test_host_has_a_guarded_method_for_every_hook_that_is_called_later(name):
    assert callable(getattr(PluginHost, name.removeprefix("extranet_")))


def test_every_hook_is_documented_with_its_arguments_and_nothing_else():
    wanted = {name: arguments_of(spec) for name, spec in SPECS.items()}

    assert documented(DOCUMENT.read_text()) == wanted


def test_heading_of_a_hook_is_seen():
    text = "### `extranet_on_x(session, place)`\n\ntext `extranet_y()`"

    assert documented(text) == {"extranet_on_x": ["session", "place"]}


def test_no_hook_returns_markup_or_gets_a_session_to_show():
    for name, spec in SPECS.items():
        hints = inspect.get_annotations(spec)
        assert "str" not in hints["return"]
        if "_show_" in name:
            assert "session" not in hints
    assert hookspecs.hookspec.project_name == "extranet"
