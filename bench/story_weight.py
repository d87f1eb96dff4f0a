"""What the pictures of a story weigh on a phone.

The forum report with seven pictures, read to its end in Chromium on a screen of 390 pixels at 2x:
at most 450 KB of AVIF. The pictures are drawn. Of eight photographs that test libraries come with
(china, flower, coffee, astronaut, chelsea, rocket, motorcycle, hubble) the densest is china, with
1.35 bits of AVIF for a pixel at a width of 640, most of the others have 0.9 to 1.2: these have 1.35.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from threading import Thread

import PIL.Image

from bench import _installation
from bench import pictures as drawn
from tests import pictures

SIZE = (3000, 2000)
# How much of the texture of bench.pictures.photo is taken away.
CALM = 0.33
FIGURES = (1, 1, 1, 1, 3)
LIMIT = 450_000
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}


def run() -> None:
    """Print each picture's file and weight, and their sum."""
    _installation.migrated()
    path = _published()
    with _served() as site:
        loaded = _read_to_the_end(site + path)
    print("format, bytes, and the widths in pixels of file and place on the screen")
    for kind, size, width, place in loaded:
        print(f"{kind:12} {size:8} {width:6} {place:6}")
    print(f"{'all':12} {sum(size for _kind, size, *_widths in loaded):8} of {LIMIT}")


def _published() -> str:
    """The address of the report on the site."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from articles.models import Article, Category
    from articles.publishing import saving, workflow
    from media import library

    editor = User.objects.create_superuser("editor")
    ids = iter(
        [library.add_picture(photo, f"{n}.jpg", by=editor).pk for n, photo in enumerate(_photos())]
    )
    body = "".join(
        f"<p>{'Words between the pictures. ' * 20}</p>"
        f'<figure data-images="{" ".join(str(next(ids)) for _n in range(length))}"></figure>'
        for length in FIGURES
    )
    section = Category.objects.create(name="Kinh tế", slug="kinh-te", position=1)
    article = Article(headline="Forum", lede="Seven pictures", body=body, section=section)
    article.owner = editor
    saving.save_story(article, by=editor, authors=[], links=[])
    day_ago = timezone.now() - timedelta(days=1)
    publication = workflow.publish(article, by=editor, clock=lambda: day_ago)
    return publication.get_absolute_url()


def _photos() -> Iterator[bytes]:
    """Seven photos: parts of a larger one."""
    scene = PIL.Image.blend(drawn.photo(), pictures.drawn(drawn.SIZE), CALM)
    for n in range(sum(FIGURES)):
        left, top = n * 400, n * 250
        part = scene.crop((left, top, left + SIZE[0], top + SIZE[1]))
        yield pictures.saved(part, "JPEG", quality=92)


@contextmanager
def _served() -> Iterator[str]:
    """The address of the site, while it is served by a thread."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.core.wsgi import get_wsgi_application
    from django.test.testcases import QuietWSGIRequestHandler

    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _read_to_the_end(address: str) -> list[tuple[str, int, int, int]]:
    """Of each picture of the story that came: its format, bytes, and widths of file and place."""
    from playwright.sync_api import sync_playwright

    bodies = {}
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_context(**PHONE).new_page()
        page.on("requestfinished", lambda request: bodies.setdefault(request.url, request))
        page.goto(address)
        loaded = []
        for image in page.locator(".story-body img").all():
            image.scroll_into_view_if_needed()
            image.evaluate("image => image.decode()")
            url = image.evaluate("image => image.currentSrc")
            body = bodies[url].response().body()
            place = round(2 * image.bounding_box()["width"])
            width = PIL.Image.open(BytesIO(body)).width
            loaded.append((url.rpartition(".")[2], len(body), width, place))
        browser.close()
    return loaded
