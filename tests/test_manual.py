"""The manual names every setting, command and right, and shows pictures that exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from articles.rules import permissions
from articles.rules.permissions import Case, Role, Verb
from docs import screenshots
from newsroom import environment

ROOT = Path(__file__).resolve().parent.parent
OPERATORS = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
EDITORS = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "newsroom" / "settings.py").read_text(encoding="utf-8")


def test_the_manual_names_the_variables_of_the_environment_and_no_others():
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATORS, re.MULTILINE))

    assert named == environment.RULES.keys()


def test_every_variable_is_read():
    assert set(re.findall(r'env\["(\w+)"\]', SETTINGS)) == environment.RULES.keys()


def test_every_command_is_in_the_manual():
    ours = [
        name for name, app in get_commands().items() if app in {"articles", "media", "newsroom"}
    ]

    assert ours
    assert [name for name in ours if f"`{name}" not in OPERATORS] == []


def test_the_readme_is_short_and_its_pictures_and_pages_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert readme.count("\n") < 150
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", readme)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FOLDERS = screenshots.FOLDERS
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_and_shows_exists(page):
    targets = LINK.findall(page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_picture_is_shown_by_a_page():
    shown = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in LINK.findall(page.read_text(encoding="utf-8"))
    }

    assert {picture for folder in FOLDERS.values() for picture in folder.iterdir()} <= shown


@pytest.mark.parametrize(
    ("language", "made"), [("en", screenshots.SHOTS.keys()), ("vi", screenshots.IN_BOTH)]
)
def test_every_picture_is_one_that_the_script_makes_and_is_small(language, made):
    pictures = sorted(FOLDERS[language].iterdir())

    assert [picture.stem for picture in pictures] == sorted(made)
    assert all(picture.stat().st_size <= screenshots.MAX_BYTES for picture in pictures)


VERBS = {
    Verb.SEE: "read a story",
    Verb.CHANGE: "change its text",
    Verb.RESTORE: "restore an earlier version",
    Verb.DUPLICATE: "duplicate it",
    Verb.SHARE: "make a preview link",
    Verb.DELETE: "delete it, if it was never published",
    Verb.SUBMIT: "submit it",
    Verb.RECALL: "recall it, until an editor has saved it",
    Verb.SEND_BACK: "return it",
    Verb.PUBLISH: "publish it",
    Verb.MOVE: "change the time of a scheduled version",
    Verb.CANCEL: "unschedule a version",
    Verb.SET_END: "change its expiry",
    Verb.WITHDRAW: "take it down",
    Verb.BRING_BACK: "put it back online",
}
CASES: dict[frozenset[Case], str] = {
    frozenset(): "–",
    permissions.ALL: "all",
    permissions.OWN: "own",
    permissions.OWN_DRAFT: "own drafts",
    permissions.OWN_SUBMITTED: "own submitted",
    permissions.DRAFT: "drafts",
    permissions.NOT_DRAFT: "all but drafts",
}
THINGS = {
    "media.image": "pictures",
    "articles.author": "authors",
    "articles.category": "sections",
    "articles.paper": "newspaper details",
    "auth.user": "people",
    "articles.record": "the log",
    "articles.caption": "captions",
    "articles.relatedlink": "related links",
    "articles.publication": "versions",
}
RIGHTS = {"view": "see", "add": "add", "change": "change", "delete": "delete"}


def rights_of(role: Role, thing: str) -> str:
    has = [word for right, word in RIGHTS.items() if permissions.may_handle(role, right, thing)]
    return ", ".join(has) or "–"


def test_the_manuals_table_of_rights_is_that_of_the_desk():
    stories = [[VERBS[verb], *(CASES[permissions.cases(r, verb)] for r in Role)] for verb in Verb]
    things = [[name, *(rights_of(role, thing) for role in Role)] for thing, name in THINGS.items()]
    _before, _heading, table = EDITORS.partition("## Who may do what\n")
    rows = re.findall(r"^\| (\w.*) \|$", table.partition("##")[0], re.MULTILINE)

    assert [row.split(" | ") for row in rows] == stories + things


def test_the_table_speaks_of_all_things_of_the_desk():
    things = {thing for rights in permissions.THINGS.values() for thing in rights}

    assert things == {*THINGS, "articles.article"}


def test_every_place_that_the_developers_page_names_exists():
    page = (ROOT / "docs" / "developers.md").read_text(encoding="utf-8")
    places = set(re.findall(r"`([\w.-]+/[\w./-]*)`", page))

    assert len(places) > 20
    assert [place for place in sorted(places) if not (ROOT / place).exists()] == []
