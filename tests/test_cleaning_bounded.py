"""Whatever the story's form may send is cleaned within two seconds of a processor, or refused."""

import gc
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.urls import reverse

from articles.models import Article
from articles.rules.bounds import MAX_BODY_BYTES
from articles.text import clean_html, is_too_intricate
from articles.text.cleaning import MAX_PIECES
from tests import desk

ROOT = Path(__file__).resolve().parent.parent
SHAPES = {
    "paragraphs that are not closed": "<p>a",
    "lines": "a<br>",
    "items": "<li>a",
    "lists in lists": "<ul><li>a",
    "cells": "<td>a",
    "rows": "<tr><td>a",
    "quotations": "<blockquote>a",
    "marks": "<b>a</b><i>b</i>",
    "links": '<a href="/x">a</a>',
    "figures": '<figure data-images="1"><figcaption>a</figcaption></figure>',
    "headings": "<h2>a</h2>",
    "styles": '<p style="font-weight:bold;mso-list:l0 level1">a',
    "kept lines": "a\n",
    "numbered lists": "<ol start=3><li>a<ol><li>a",
    "items with numbers of their own": "<li value=7>a<ol>",
    "markers": "<p style='mso-list:l0 level1'><span style='mso-list:ignore'>i.</span>a",
    "markers of sentences": "<p><span style='mso-list:ignore'>Điều 1.</span>a",
    "raised letters": "<sup>n</sup>1<sup>2</sup>",
    "quotations in lines": "<q>a",
    "deletions": "<del cite=a>a<p>",
    "style sheets": "<style>.a{display:none}</style>{.a{",
    "links that tell": '<a href="/x?utm_a=1&amp;fbclid=2&amp;c=3">a</a>',
}


def seconds_of(work: Callable[[], object]) -> float:
    """Of the processor, without what looking through the tests' own objects for garbage takes."""
    gc.collect()
    gc.freeze()
    try:
        started = time.thread_time()
        work()
        return time.thread_time() - started
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("before", ["", "<pre>"], ids=["", "pre"])
def test_the_most_that_is_taken_is_cleaned_in_time(shape, before):
    html = (before + shape * (MAX_BODY_BYTES // len(shape)))[:MAX_BODY_BYTES]
    while is_too_intricate(html):
        html = html[: len(html) * MAX_PIECES // (html.count("<") + html.count("\n") + 1)]

    assert seconds_of(lambda: clean_html(html)) < 2


@pytest.mark.parametrize("shape", ["<p>a", "<pre>" + "a\n" * 100])
def test_more_is_refused_with_a_sentence_and_kept(client, reporter, section, shape):
    desk.log_in(client, reporter)
    body = (shape * (MAX_BODY_BYTES // len(shape)))[:MAX_BODY_BYTES]
    form = desk.filled(
        client.get(reverse(desk.ADD)), headline="Kept", body=body, section=section.pk
    )
    answers: list[HttpResponse] = []

    assert seconds_of(lambda: answers.append(client.post(reverse(desk.ADD), form))) < 2

    [response] = answers
    assert "in more pieces than any story" in desk.errors(response)["body"][0]
    assert len(desk.fields(response)["body"][0].replace("\r", "")) >= len(body) - 1
    assert not Article.objects.exists()


def test_no_group_repeats_possessively():
    """Python 3.11.2, which Debian 12 has, ends such repeats in the wrong place."""
    sources = [
        *ROOT.glob("articles/**/*.py"),
        *ROOT.glob("media/*.py"),
        *ROOT.glob("newsroom/*.py"),
    ]
    assert sources
    assert [path for path in sources if re.search(r"\)[*+?]\+", path.read_text())] == []


def test_more_than_is_cleaned_in_time_is_not_pasted(client, reporter):
    desk.log_in(client, reporter)
    html = "<p>a" * (3 * MAX_PIECES)
    answer = client.post(reverse("admin:articles_article_pasted"), {"html": html})

    assert answer.status_code == 400
    assert "Paste it in parts" in answer.json()["error"]
