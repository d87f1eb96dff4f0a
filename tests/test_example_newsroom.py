"""The example paper's month: filled once, by the rules, and unchanged when filled again."""

import zlib

import pytest
from django.utils import timezone

from articles.models import Article, Author, Category, Paper, Publication, Record
from articles.publishing import workflow
from articles.rules import timing
from example import demo, fill, plan
from media.models import Image
from tests import pictures
from tests.timeline_promises import check_timeline


def small(name: str) -> bytes:
    """A small picture in place of the drawn one: quicker, and as different."""
    return pictures.jpeg((64, 48), zlib.crc32(name.encode()) % 60_000)


@pytest.fixture
def filled(db):
    now = timezone.now().replace(microsecond=0)
    fill.make_accounts("a password for the example")
    list(fill.fill(now, draw=small))
    return now


def test_the_example_paper_is_there_obeys_the_rules_of_time_and_stays_when_filled_again(
    filled, client
):
    for article in Article.objects.all():
        check_timeline(workflow.timeline_of(article))
    holds_every_kind_of_story(filled)
    readers_see_it(filled, client)
    filling_again_changes_nothing(filled)


def holds_every_kind_of_story(now) -> None:
    assert Article.objects.count() == len(plan.STORIES)
    live = Publication.objects.live(at=now)
    assert live.count() == 38
    assert live.get(kind="correction").note.startswith("Bản tin đăng lần đầu")
    ahead = Publication.objects.filter(live_from__gt=now)
    assert sorted(ahead.values_list("kind", flat=True)) == ["first", "first", "first", "update"]
    assert Publication.objects.exclude(live_until__gt=now).filter(live_until__lte=now).exists()
    assert (
        sorted(Article.objects.exclude(stage="approved").values_list("stage", flat=True))
        == ["draft"] * 3 + ["submitted"] * 2
    )
    assert all(timing.whole_second(row.live_from) == row.live_from for row in ahead)


def readers_see_it(now, client) -> None:
    report = Publication.objects.live(at=now).get(article__source_key="01-dien-dan-thuan-con-nuoc")
    page = client.get(report.get_absolute_url()).content.decode()
    assert [c.images.count() for c in report.article.captions.all()] == [1, 1, 1, 1, 3]
    assert page.count("<figcaption>") == 5
    assert Paper.load().mark in page


def filling_again_changes_nothing(now) -> None:
    models = (Article, Author, Category, Image, Publication, Record)
    before = [list(model.objects.order_by("pk").values()) for model in models]

    assert list(fill.fill(now, draw=small)) == ["It is all there already."]
    assert fill.make_accounts("") is None
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_who_stops_the_first_filling_has_the_password(monkeypatch, capsys):
    def stopped(_now):
        raise KeyboardInterrupt

    monkeypatch.setattr("django.core.management.call_command", lambda *args, **options: None)
    monkeypatch.setattr(fill, "make_accounts", lambda password: "made at random")
    monkeypatch.setattr(fill, "fill", stopped)
    with pytest.raises(KeyboardInterrupt):
        demo.prepare()
    assert "password: made at random" in capsys.readouterr().out
