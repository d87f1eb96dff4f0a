"""Several requests at the same moment: of one tab, of two people, and beside a save."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from articles.models import Article, Presence, Save, TypedCopy
from tests import desk

pytestmark = pytest.mark.django_db(transaction=True)
BEAT = "/admin/articles/article/beat/"


def at_once(*deeds) -> list[int]:
    """Do these together, each in a thread of its own; the statuses of their answers."""

    def do(deed) -> int:
        try:
            return deed().status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(do, deeds))


def clients(user, count: int) -> list[Client]:
    """Windows of one browser of this person: they share the session."""
    first = desk.log_in(Client(), user)
    others = [Client(headers={"Accept-Language": "en"}) for _n in range(count - 1)]
    for other in others:
        other.cookies = first.cookies.copy()
    return [first, *others]


def beats(client: Client, story: Article, name: str, words: str):
    content = json.dumps({"fields": [["headline", words]], "files": []})
    return lambda: client.post(BEAT, {"story": story.pk, "names": name, "content": content})


def test_one_tab_has_one_copy_and_one_presence(editor, draft):
    windows = clients(editor, 6)
    deeds = [beats(window, draft, "tab", f"Words {n}") for n, window in enumerate(windows)]
    assert set(at_once(*deeds)) <= {200, 429}
    assert TypedCopy.objects.get().headline.startswith("Words ")
    assert Presence.objects.count() == 1


def test_tabs_and_people_do_not_meet(editor, reporter, draft):
    hers, his = clients(editor, 3), clients(reporter, 3)
    deeds = [
        beats(window, draft, f"tab-{n}", f"{name} {n}")
        for name, windows in (("hers", hers), ("his", his))
        for n, window in enumerate(windows)
    ]
    assert set(at_once(*deeds)) == {200}
    assert TypedCopy.objects.count() == Presence.objects.count() == 6
    assert {copy.headline.split()[0] for copy in editor.typed_copies.all()} == {"hers"}


def test_what_others_type_outlives_a_save_at_the_same_moment(editor, reporter, draft):
    saver, *_rest = clients(editor, 1)
    form = desk.filled(saver.get(desk.page("change", draft.pk)), lede="Saved", copy="tab")
    windows = clients(reporter, 4)
    deeds = [beats(window, draft, f"tab-{n}", f"His {n}") for n, window in enumerate(windows)]
    statuses = at_once(lambda: saver.post(desk.page("change", draft.pk), form), *deeds)
    assert statuses == [302, 200, 200, 200, 200]
    assert reporter.typed_copies.count() == 4
    draft.refresh_from_db()
    assert (draft.lede, draft.version) == ("Saved", 2)


def test_two_presses_restore_once(editor, draft):
    desk.save(clients(editor, 1)[0], draft, lede="Saved")
    windows = clients(editor, 3)
    address = desk.page("restore_save", draft.pk, 1)
    deeds = [lambda w=window: w.post(address, {"version": "2"}) for window in windows]
    assert set(at_once(*deeds)) == {302}
    before = draft.lede
    draft.refresh_from_db()
    assert (draft.lede, draft.version) == (before, 3)
    assert Save.objects.count() == 3
