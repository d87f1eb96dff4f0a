"""Bringing back an older text of a working copy: itself a save, by which nothing is lost."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from articles.models import Article, Author, Save
from articles.publishing import access, history, saving
from articles.publishing.history import ReadBack
from articles.rules.content import short_fields
from articles.rules.permissions import Verb


def restore(
    article: Article,
    save: Save,
    *,
    by: access.User,
    based_on: int | None = None,
    clock: Callable[[], datetime] = timezone.now,
) -> ReadBack:
    """Make a save's text the working copy's again, by a save; gives what was brought back.

    What is gone since, or not for this person to use, stays out. based_on: the version that was
    read before it was asked for; where somebody has saved since then, nothing is done. Asked for
    what is there already, it does nothing. Raises StaleVersion and WorkflowError.
    """
    access.require(by, Verb.CHANGE, article)
    old = history.read_back(save, by=by)
    if is_there(article, old):
        return old
    for name, value in short_fields(old.content).items():
        setattr(article, name, value)
    people = Author.objects.in_bulk(old.content.author_ids)
    saving.save_story(
        article,
        by=by,
        body=old.content.body,
        authors=[people[pk] for pk in old.content.author_ids if pk in people],
        links=old.content.links,
        based_on=based_on,
        restored=save.version,
        clock=clock,
    )
    return old


def is_there(article: Article, old: ReadBack) -> bool:
    """Does the working copy, as it is saved, hold this text already? Two queries."""
    content = old.content
    return (
        short_fields(article) == short_fields(content)
        and article.body == content.body.html
        and tuple(article.byline_rows.values_list("author_id", flat=True)) == content.author_ids
        and tuple(article.related_links.values_list("target_id", "url", "title"))
        == tuple((link.target_id, link.url, link.title) for link in content.links)
    )
