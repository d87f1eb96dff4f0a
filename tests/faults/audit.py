"""Is what an installation holds whole? Run inside it: `manage.py shell -c "import tests.faults.audit"`.

Prints its answer as JSON: how much there is, and a sentence for each thing that is wrong.
"""

import json
import sys
from collections.abc import Iterator
from itertools import groupby

from django.core.files.storage import default_storage
from django.db import connection

from articles.models import Article, Caption, Publication
from articles.text import Body
from media.models import Image, Rendition
from media.renditions import SHAPES


def wrong() -> Iterator[str]:
    """A sentence for each thing that a reader or an editor would find broken."""
    yield from _database()
    yield from _captions()
    yield from _publications()
    yield from _pictures()


def _database() -> Iterator[str]:
    connection.check_constraints()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found = cursor.fetchone()[0]
        if found != "ok":
            yield f"the database is damaged: {found}"


def _captions() -> Iterator[str]:
    for story in Article.objects.all():
        figures = Body.read(story.body).figures
        rows = Caption.objects.filter(article=story).order_by("position")
        stored = [
            (row.text, tuple(row.image_rows.order_by("position").values_list("image", flat=True)))
            for row in rows
        ]
        if stored != [(figure.caption, figure.images) for figure in figures]:
            yield f"story {story.pk}: its captions are not those of its text"


def _publications() -> Iterator[str]:
    rows = Publication.objects.select_related("text").order_by("article", "live_from")
    for pk, versions in groupby(rows, key=lambda row: row.article_id):
        end = None
        for row in versions:
            if not hasattr(row, "text"):
                yield f"story {pk}: version {row.number} has no text"
                continue
            shown = set(Body.read(row.text.body).images)
            if not shown <= set(row.pictures.values_list("image", flat=True)):
                yield f"story {pk}: version {row.number} does not hold its pictures"
            if end is not None and row.live_from < end:
                yield f"story {pk}: two versions are on the site at once"
            end = row.live_until


def _pictures() -> Iterator[str]:
    for image in Image.objects.all():
        kinds = set(image.renditions.values_list("kind", flat=True))
        if kinds != set(SHAPES):
            yield f"picture {image.pk}: it has only {kinds}"
    masters = Image.objects.values_list("file", flat=True)
    for name in masters.union(Rendition.objects.values_list("file", flat=True)):
        if not default_storage.exists(name) or not default_storage.size(name):
            yield f"the file {name} is missing"


def headlines() -> dict[int, str]:
    """What each story's working copy says, and each of its versions."""
    return dict(Article.objects.values_list("pk", "headline"))


json.dump(
    {
        "wrong": list(wrong()),
        "stories": headlines(),
        "published": list(
            Publication.objects.order_by("live_from").values_list("article", "headline")
        ),
        "pictures": list(Image.objects.values_list("pk", flat=True)),
    },
    sys.stdout,
)
