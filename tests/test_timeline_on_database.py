"""The promises of time again, with the verbs writing rows, and with editors at two connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis.extra.django import TestCase

from articles.models import Article, Category, Publication, Record
from articles.publishing import asks, saving, workflow
from articles.rules.content import Content
from articles.rules.permissions import Role
from articles.rules.refusals import WorkflowError
from articles.rules.timing import Refused, Timeline
from tests.timeline_promises import (
    Clock,
    check_timeline,
    live_numbers,
    play,
    stories,
    turns,
)


class DatabaseEdge:
    """The story in the database, behind articles.publishing.workflow."""

    def __init__(self, clock: Clock, imported: datetime | None):
        self.clock = clock
        self.by = User.objects.get(username="managing-editor")
        self.article = Article(
            headline="New", section=Category.objects.get(), owner=self.by,
            imported_first_published=imported,
        )  # fmt: skip
        saving.save_story(self.article, by=self.by)

    def timeline(self) -> Timeline:
        self.article.refresh_from_db()
        timeline = workflow.timeline_of(self.article)
        spans = tuple(replace(span, content=span.content.headline) for span in timeline.spans)
        return replace(timeline, spans=spans)

    def live_numbers(self, at: datetime) -> list[int]:
        return list(Publication.objects.live(at=at).values_list("number", flat=True))

    def publish(self, content, **asked):
        Article.objects.filter(pk=self.article.pk).update(headline=content)
        self._do(workflow.publish, self.article, **asked)

    def move(self, number, *, at):
        # The pure verb knows a "soon" for moving, which no editor asks for.
        self._do(workflow.move, self._row(number), at=at)

    def renew(self, number, *, fix):
        self._do(workflow.revise_plan, self._row(number), fix=headlines(fix))

    def revise(self, *, fix):
        self._do(workflow.revise, self.article, fix=headlines(fix))

    def change(self, numbers, *, fix):
        ask = asks.Revise(fix=headlines(fix), number=numbers[0], versions=frozenset(numbers[1:]))
        self._do(lambda **asked: workflow.carry_out(ask, self.article, **asked))

    def cancel(self, number):
        self._do(workflow.cancel, self._row(number))

    def set_end(self, number, *, until):
        self._do(workflow.set_end, self._row(number), until=until)

    def withdraw(self, **asked):
        self._do(workflow.withdraw, self.article, **asked)

    def bring_back(self, **asked):
        self._do(workflow.bring_back, self.article, **asked)

    def _row(self, number: int) -> Publication:
        row = self.article.publications.filter(number=number).first()
        return row or Publication(article=self.article, number=number, live_from=timezone.now())

    def _do(self, verb: Callable, *args, **asked) -> None:
        rows = Record.objects.count()
        try:
            verb(*args, by=self.by, clock=self.clock, **asked)
        except WorkflowError as refused:
            assert Record.objects.count() == rows, "a refusal leaves no record"
            raise Refused(refused.code, str(refused)) from refused
        assert Record.objects.count() == rows + 1, "every change leaves one record"


class LongLivedEdge(DatabaseEdge):
    """The same through one instance that a program keeps, edits and saves again and again."""

    def timeline(self) -> Timeline:
        kept, self.article = self.article, Article.objects.get(pk=self.article.pk)
        try:
            assert kept.last_number == self.article.last_number
            return super().timeline()
        finally:
            self.article = kept

    def change(self, numbers, *, fix):
        super().change(numbers, fix=fix)
        self.article.refresh_from_db(fields=["last_number", "stage", "digest"])

    def publish(self, content, **asked):
        self.article.headline = content
        saving.save_story(self.article, by=self.by)
        self._do(workflow.publish, self.article, **asked)


def headlines(fix: Callable[[str], str]) -> Callable[[Content], Content]:
    """A fix of a content whose headline is what the promises speak of."""
    return lambda content: replace(content, headline=fix(content.headline))


class PromisesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        Category.objects.create(name="Thời sự", slug="thoi-su")
        user = User.objects.create_user("managing-editor", is_staff=True)
        user.groups.add(Group.objects.get(name=Role.MANAGING_EDITOR.value))

    @settings(max_examples=40, deadline=None, database=None)
    @given(turns(), stories())
    def test_no_sequence_of_editors_and_slow_commits_breaks_a_promise_of_time(self, turns, story):
        play(DatabaseEdge, turns, **story)

    @settings(max_examples=40, deadline=None, database=None)
    @given(turns(), stories())
    def test_nor_with_instances_that_a_program_keeps(self, turns, story):
        play(LongLivedEdge, turns, **story)


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_leave_a_story_that_keeps_its_promises(published, managing_editor):
    """Real threads, each with its own connection, all changing one story at the same time."""
    start = timezone.now().replace(microsecond=0)
    moments = [start + timedelta(seconds=seconds) for seconds in (60, 60, 120, 120, 180, 180)]

    def schedule(at: datetime) -> str:
        try:
            how = {"kind": "correction", "note": "Eleven boats.", "waiting": "keep"}
            workflow.publish(published, by=managing_editor, at=at, **how)
        except WorkflowError as refused:
            return refused.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(6) as editors:
        refusals = list(editors.map(schedule, moments))

    timeline = workflow.timeline_of(Article.objects.get(pk=published.pk))
    check_timeline(timeline)
    assert sorted(refusals) == ["", "", "", "taken", "taken", "taken"]
    assert [span.live_from for span in timeline.spans[1:]] == moments[::2]
    for moment in (start, *moments):
        rows = Publication.objects.live(at=moment).values_list("number", flat=True)
        assert list(rows) == live_numbers(timeline, moment)
