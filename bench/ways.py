"""What a save and a publication pass through, counted: anybody gets the same figures.

The forum report (seven pictures, of which three share a caption; an author, two related links) is
saved through the story form with another lede, and published through its page. Counted are the
requests that do it, each from the session's cookie to the answer.
"""

from bench import _installation


def run() -> None:
    """Print a line for each way."""
    _installation.migrated()
    from django.contrib.auth.models import User
    from django.test import Client

    editor = User.objects.create_superuser("ways")
    story = _forum_report(editor)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(editor)
    print(f"{'':16}{'files':>10}{'queries':>10}{'cleanings':>10}{'parses':>10}")
    for name, way in ("a save", _save(client, story)), ("a publication", _publish(client, story)):
        figures = (len(way.files), len(way.queries), way.cleanings, way.parses)
        print(f"{name:16}" + "".join(f"{figure:10}" for figure in figures))


def _forum_report(editor):
    """Saved as a draft, with a story on the site that it links to."""
    from articles.models import Article, Author, Category
    from articles.publishing import saving, workflow
    from articles.rules.content import ContentLink
    from media import library
    from tests import pictures

    section = Category.objects.create(name="Forum", slug="forum", position=9)
    other = Article(headline="On the site", section=section, owner=editor, body="<p>Text</p>")
    workflow.publish(saving.save_story(other, by=editor), by=editor)
    ids = [
        library.add_picture(pictures.jpeg((320, 240), n), f"{n}.jpg", by=editor, credit="An").pk
        for n in range(7)
    ]
    body = "".join(
        f'<p>Paragraph {n}</p><figure data-images="{shown}"><figcaption>Caption {n}</figcaption></figure>'
        for n, shown in enumerate([*ids[:4], " ".join(map(str, ids[4:]))], start=1)
    )
    story = Article(headline="Forum", lede="Seven", section=section, owner=editor, body=body)
    return saving.save_story(
        story,
        by=editor,
        authors=[Author.objects.create(name="An", slug="an")],
        links=[
            ContentLink(target_id=other.pk),
            ContentLink(url="https://forum.example/programme", title="The programme"),
        ],
    )


def _save(client, story):
    """A press on "Save" after the lede was changed."""
    from tests import desk

    address = desk.page("change", story.pk)
    typed = desk.filled(client.get(address), lede="Seven pictures, of which three share a caption")
    way, page = _pressed(client, address, typed)
    assert page.status_code == 302, page
    return way


def _publish(client, story):
    """The last press of a publication: the one that does it."""
    from tests import desk

    address = desk.page("publish", story.pk)
    way, page = None, client.get(address)
    while page.status_code == 200:
        way, page = _pressed(client, address, desk.fields(page, "data-asking"))
    assert page.status_code == 302, page
    return way


def _pressed(client, address, form):
    from tests.counting import counted

    with counted() as way:
        response = client.post(address, form)
    return way, response
