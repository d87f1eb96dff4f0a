"""What a page announces is what readers then get: every verb, over random timelines, on the database;
and many people at once, each of whom is told the truth."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.desk import announcements
from articles.models import Article, Category, Publication, Record
from articles.publishing import asks, changes, plans, saving, workflow
from articles.publishing.plans import Plan
from articles.rules import timing
from articles.rules.permissions import Role
from articles.rules.refusals import WorkflowError
from articles.rules.timing import INHERIT, Kind
from media import library
from tests import pictures

SIX = datetime(2023, 3, 29, 6, tzinfo=timezone.get_default_timezone())
SECOND = timedelta(seconds=1)


def at(second: int | None) -> datetime | None:
    return None if second is None else SIX + second * SECOND


moments = st.none() | st.integers(3, 20).map(at)
ends = st.sampled_from([INHERIT, None]) | st.integers(4, 24).map(at)
numbers = st.integers(1, 6)
waiting = st.sampled_from(["cancel", "keep"])

ASKS = st.one_of(
    st.builds(
        asks.Publish,
        at=moments,
        until=ends,
        kind=st.sampled_from([Kind.UPDATE, Kind.MINOR]),
        waiting=waiting,
        rights_end=st.sampled_from(["refuse", "end", "leave_out"]),
    ),
    st.builds(asks.Move, number=numbers, at=moments),
    st.builds(asks.Cancel, number=numbers),
    st.builds(asks.SetEnd, number=numbers, until=st.none() | st.integers(4, 24).map(at)),
    st.builds(asks.Withdraw, at=moments, keep_plans=st.booleans()),
    st.builds(asks.BringBack, at=moments, waiting=waiting),
    st.builds(asks.GoOnWithout),
)


@dataclass
class Shown:
    """What readers get at a moment: number, headline and pictures; None for nothing."""

    number: int
    headline: str
    pictures: frozenset[int]

    @classmethod
    def at(cls, article: Article, moment: datetime) -> "Shown | None":
        row = Publication.objects.live(at=moment).filter(article=article).first()
        if row is None:
            return None
        ids = frozenset(row.pictures.values_list("image_id", flat=True))
        return cls(row.number, row.headline, ids)


class AnnouncedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.section = Category.objects.create(name="Thời sự", slug="thoi-su")
        cls.user = User.objects.create_user("managing-editor", is_staff=True)
        cls.user.groups.add(Group.objects.get(name=Role.MANAGING_EDITOR.value))
        cls.image = library.add_picture(pictures.jpeg((320, 240), 1), "1.jpg")

    @settings(max_examples=60, deadline=None, database=None)
    @given(
        st.lists(ASKS, min_size=1, max_size=6),
        st.lists(st.booleans(), min_size=6, max_size=6),
        st.none() | st.integers(3, 22).map(at),
    )
    def test_readers_get_what_was_announced(self, asked, with_picture, rights_end):
        type(self.image).objects.filter(pk=self.image.pk).update(rights_until=rights_end)
        article = Article(headline="Text 0", section=self.section, owner=self.user)
        saving.save_story(article, by=self.user)
        for turn, ask in enumerate(asked):
            now = SIX + turn * 2 * SECOND
            article.headline = f"Text {turn}"
            figure = f'<figure data-images="{self.image.pk}"></figure>'
            article.body = f"<p>Text {turn}</p>" + (figure if with_picture[turn] else "")
            saving.save_story(article, by=self.user)
            article.refresh_from_db()
            before = [Shown.at(article, SIX + n * SECOND / 2) for n in range(60)]
            try:
                plan = plans.make(ask, article, by=self.user, now=now)
                changes.carry_out(
                    ask, article, by=self.user, clock=lambda now=now: now, confirmed=plan.seen
                )
            except WorkflowError:
                after = [Shown.at(article, SIX + n * SECOND / 2) for n in range(60)]
                assert after == before, "a refusal changes nothing"
                continue
            self.check(plan, article, rights_end)

    def check(self, plan: Plan, article: Article, rights_end: datetime | None) -> None:
        zone = timezone.get_default_timezone()
        steps = announcements.course(plan, zone)
        assert len(steps) == len(plan.course)
        for place, ((moment, span), step) in enumerate(zip(plan.course, steps, strict=True)):
            until = plan.course[place + 1][0] if place + 1 < len(plan.course) else moment + SECOND
            for looked in (moment, until - timedelta(microseconds=1)):
                shown = Shown.at(article, looked)
                assert (shown and shown.number) == (span and span.number)
                if shown is None:
                    assert step.what == "nothing of this story"
                    continue
                assert str(shown.number) in step.what
                assert f"“{shown.headline}”" in step.what
                if plan.new and shown.number >= plan.new[0].number and rights_end:
                    in_time = looked < rights_end or self.image.pk not in shown.pictures
                    assert in_time, "no picture is shown after its rights"
        for span in plan.gone:
            shown = Shown.at(article, span.live_from)
            assert shown is None or shown.number != span.number, "what is cancelled does not come"


def test_a_plan_made_again_is_the_same_plan_while_soon_moves_on(draft, editor, now):
    for ask in (asks.Publish(), asks.Publish(until=now + timedelta(days=1)), asks.Submit()):
        first = plans.make(ask, draft, by=editor, now=now)
        later = plans.make(ask, draft, by=editor, now=now + timedelta(minutes=5))
        assert first.seen == later.seen
        assert first.soon != later.soon


@pytest.mark.django_db(transaction=True)
def test_many_people_at_once_are_told_the_truth(section, managing_editor):
    """Saves, confirmations and verbs on connections of their own: each that is told yes, was done."""
    article = Article(headline="Text 0", section=section, owner=managing_editor)
    saving.save_story(article, by=managing_editor)
    start = timezone.now().replace(microsecond=0)
    one_saves = threading.Lock()
    told: list[Plan] = []

    def work(seed: int) -> None:
        chance = Random(seed)
        try:
            for turn in range(6):
                story = Article.objects.get(pk=article.pk)
                if chance.random() < 0.4:
                    with one_saves:
                        story.refresh_from_db()
                        story.headline = f"Text {seed}.{turn}"
                        saving.save_story(story, by=managing_editor)
                    continue
                moment = start + chance.choice([60, 90, 120, 150]) * SECOND
                rows = list(story.publications.values_list("number", flat=True)) or [1]
                ask = chance.choice(
                    [
                        asks.Publish(),
                        asks.Publish(at=moment),
                        asks.Publish(at=moment, waiting="keep"),
                        asks.Move(chance.choice(rows), moment),
                        asks.Cancel(chance.choice(rows)),
                        asks.Withdraw(at=moment),
                    ]
                )
                try:
                    plan = plans.make(ask, story, by=managing_editor, now=timezone.now())
                    done = changes.carry_out(
                        ask,
                        story,
                        by=managing_editor,
                        clock=timezone.now,
                        confirmed=plan.seen,
                        press=f"{seed}.{turn}",
                    )
                except WorkflowError:
                    continue
                assert plan.seen == done.seen
                told.append((f"{seed}.{turn}", plan))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as people:
        list(people.map(work, range(6)))

    recorded = {
        row.details["press"]: row for row in Record.objects.filter(details__has_key="press")
    }
    assert set(recorded) == {press for press, _plan in told}
    rows = {row.number: row for row in Publication.objects.all()}
    given = [number for _press, plan in told for number in [s.number for s in plan.new]]
    assert len(given) == len(set(given)), "no number is announced twice"
    for _press, plan in told:
        for span in plan.new:
            if span.number in rows:
                assert rows[span.number].headline == span.content.headline
    timeline = workflow.timeline_of(Article.objects.get(pk=article.pk))
    assert [s.number for s in timeline.spans] == sorted(rows)


@pytest.mark.django_db(transaction=True)
def test_rights_that_end_while_a_publication_is_on_its_way_are_heeded_or_come_after_it(
    make_picture, make_story, editor, monkeypatch, now
):
    """The picture's row is locked from the look at its rights to the commit."""
    image = make_picture(by=editor)
    story = make_story("With it", by=editor, body=f'<figure data-images="{image.pk}"></figure>')
    changed = threading.Event()

    def end_rights() -> None:
        type(image).objects.filter(pk=image.pk).update(rights_until=now + timedelta(days=1))
        changed.set()
        connection.close()

    other = threading.Thread(target=end_rights)
    agree = timing.agree

    def look_once_more(*args, **kwargs):
        if not other.is_alive() and not changed.is_set():
            other.start()
        assert not changed.wait(0.5), "it changed between the look and the commit"
        return agree(*args, **kwargs)

    monkeypatch.setattr(timing, "agree", look_once_more)
    workflow.publish(story, by=editor)
    other.join()
    assert changed.is_set()
    image.refresh_from_db()
    assert image.rights_until == now + timedelta(days=1)
