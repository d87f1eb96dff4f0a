"""What a colleague saves while a story is being published does not go out unread."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from articles.models import Article
from articles.publishing import saving, workflow
from articles.rules.refusals import StaleVersion

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def before_question(number: int, do: Callable[[], None]) -> Iterator[None]:
    """Do something once, just before the database is asked for the n-th time outside a transaction.

    Inside one the story is locked, and a colleague would have to wait.
    """
    asked = 0

    def wrapper(execute, *question):
        nonlocal asked
        if not connection.in_atomic_block:
            asked += 1
            if asked == number:
                do()
        return execute(*question)

    with connection.execute_wrapper(wrapper):
        yield


@pytest.fixture
def story(make_story, make_picture, reporter) -> Article:
    image = make_picture(by=reporter)
    return make_story("Saved twice", body=f'<figure data-images="{image.pk}"></figure>')


def numbers(story: Article) -> list[int]:
    return list(story.publications.values_list("number", flat=True))


def test_a_text_saved_at_any_step_before_the_story_is_locked_goes_out_or_nothing_does(
    story, editor
):
    """Never the text that stood there before: nobody could tell that the new one waits."""
    refused = 0
    for step in range(1, 100):
        published = numbers(story)
        in_time = None

        def save(step=step, published=published):
            nonlocal in_time
            colleagues = Article.objects.get(pk=story.pk)
            colleagues.headline = f"Saved at step {step}"
            saving.save_story(colleagues, by=editor)
            in_time = numbers(story) == published

        with before_question(step, save):
            try:
                publication = workflow.publish(Article.objects.get(pk=story.pk), by=editor)
            except StaleVersion:
                refused += 1
                assert numbers(story) == published
                continue
        if not in_time:
            break
        assert publication.headline == f"Saved at step {step}"
    assert refused > 0
