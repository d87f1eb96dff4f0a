"""The manual names every setting and every command."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
OPERATORS = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "newsroom" / "settings.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(re.findall(r'env(?:_\w+)?\(\s*"(\w+)"', SETTINGS))))
def test_every_variable_of_the_environment_is_in_the_manual(name):
    assert f"| `{name}` |" in OPERATORS


def test_the_manual_names_no_variable_that_is_not_read():
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATORS, re.MULTILINE))
    read = set(re.findall(r'env(?:_\w+)?\(\s*"(\w+)"', SETTINGS))

    assert named == read


def test_every_command_is_in_the_manual():
    ours = [name for name, app in get_commands().items() if app in {"articles", "media", "newsroom"}]

    assert ours
    assert [name for name in ours if f"`{name}" not in OPERATORS] == []


def test_the_readme_is_short_and_its_pictures_and_pages_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert readme.count("\n") < 150
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", readme)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
