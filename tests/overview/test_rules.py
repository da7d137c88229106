import ast
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from extranet.i18n import translate
from extranet.overview.rules import FORMER, PROGRAM, SENTENCES, people_in, sentence

EXTRANET = Path(__file__).parents[2] / "extranet"
ACTION = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")


def recorded_actions():
    """Return every action that a service names, also where it goes through a variable."""
    found = set()
    for path in EXTRANET.glob("*/services*"):
        for file in [path] if path.is_file() else path.rglob("*.py"):
            if not re.search(r"(record|write_down)\(", source := file.read_text()):
                continue
            found |= {
                node.value
                for node in ast.walk(ast.parse(source))
                if isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and ACTION.fullmatch(node.value)
            }
    return found


def made_up_actions():
    """Return the calls whose action is put together on the spot, which no test could hold."""
    return [
        f"{file}:{node.lineno}"
        for file in EXTRANET.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.keyword)
        and node.arg == "action"
        and isinstance(node.value, ast.JoinedStr | ast.BinOp)
    ]


def entry(**values):
    return SimpleNamespace(
        **{
            "action": "basistaak.changed",
            "subject_label": "Warmte",
            "person_id": 7,
            "person": "Loes",
            "before": {},
            "after": {},
            **values,
        }
    )


def test_every_recorded_action_has_a_sentence_and_every_sentence_an_action():
    assert recorded_actions() == set(SENTENCES)


def test_no_action_is_put_together_on_the_spot():
    assert made_up_actions() == []


@pytest.mark.parametrize("locale", ["nl", "en"])
@pytest.mark.parametrize("action", sorted(SENTENCES))
def test_every_sentence_says_who(action, locale):
    said = translate(sentence(entry(action=action)), locale)

    assert said.startswith("Loes ")
    assert said.endswith(".")


def test_nobody_is_the_program_and_who_left_is_somebody():
    assert sentence(entry(person=None, person_id=None)).params["who"] == PROGRAM
    assert sentence(entry(person=None)).params["who"] == FORMER


def test_unknown_action_of_a_later_version_is_shown_all_the_same():
    said = translate(sentence(entry(action="plustaak.started")), "en")

    assert said == "Loes changed Warmte."


def test_people_in_an_entry_are_those_before_and_after():
    assert people_in(entry(before={"person_id": 1}, after={"person_id": 2})) == {1, 2}
    assert people_in(entry(after={"person_id": None})) == set()
