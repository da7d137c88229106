"""`docs/operations.md` describes every setting, and nothing that is none."""

import re
from dataclasses import fields
from pathlib import Path

from extranet.config import PREFIX, Config

DOCUMENT = Path(__file__).parents[2] / "docs" / "operations.md"


def settings_of_the_code() -> set[str]:
    return {PREFIX + field.name.upper() for field in fields(Config)}


def settings_in(text: str) -> set[str]:
    """Return the variables that a text names."""
    return set(re.findall(rf"\b{PREFIX}[A-Z][A-Z_]*[A-Z]\b", text))


def test_every_setting_is_described_and_nothing_else():
    assert settings_in(DOCUMENT.read_text()) == settings_of_the_code()


def test_setting_is_found_in_a_text():
    assert settings_in("Set `EXTRANET_BASE_URL`, not EXTRANET_*.") == {"EXTRANET_BASE_URL"}
