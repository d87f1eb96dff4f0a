"""Rules that stand in Python and in a script: both are held to one table of examples.

tests/js/agreeing.test.js asks the scripts.
"""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from articles.publishing import rendering
from articles.text import inline

EXAMPLES = json.loads((Path(__file__).parent / "js" / "examples.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("count", "rows"), EXAMPLES["rows"])
def test_pictures_stand_in_the_rows_that_the_editor_shows(count, rows):
    assert rendering.rows_of(count) == rows


@pytest.mark.parametrize(("width", "height", "tall"), EXAMPLES["tall"])
def test_a_picture_is_tall_where_the_editor_shows_it_narrow(width, height, tall):
    picture = SimpleNamespace(width=width, height=height)
    assert rendering.Shown(picture=picture, alt="", approved=None).tall is tall


@pytest.mark.parametrize(("text", "name", "result"), EXAMPLES["shifted"])
def test_raised_and_lowered_figures_become_the_same_characters(text, name, result):
    assert inline.shifted(text, name) == result
