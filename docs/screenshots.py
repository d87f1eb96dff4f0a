"""`make screenshots`: the manual's pictures, made anew from the running example paper.

Fills and serves the example in a folder that goes away afterwards; where VAR_DIR is set, in that
folder, which stays. `python -m docs.screenshots story picker` makes only the pictures named.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

DOCS = Path(__file__).parent
# Where the pictures of each language's pages lie, and what a browser asks for to see them.
FOLDERS = {"en": DOCS / "pictures", "vi": DOCS / "vi" / "pictures"}
LOCALES = {"en": "en-GB", "vi": "vi-VN"}
MAX_BYTES = 150_000
DESKTOP = {"width": 1200, "height": 800}
TALL = {"width": 860, "height": 1370}
SMALL = {"width": 900, "height": 640}
PHONE = {"width": 390, "height": 844}
ZONE = "Asia/Ho_Chi_Minh"
CHROMIUM = [
    "--lang=en-GB",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
]
# The stories that are shown, by the folders of example/stories.
FORUM = "01-dien-dan-thuan-con-nuoc"
BRIDGE = "02-cau-tra-may-2-hop-long"
PHOTO_STORY = "35-chieu-lac-dong"
DRAFT = "25-dien-gio-bai-ngao-hoa-luoi"
# A file of the forum report.
SPEAKER = "dien-dan-phat-bieu.jpg"
READY = "32-hoc-sinh-lam-may-do-man"

Shoot = Callable[["Studio"], None]
SHOTS: dict[str, Shoot] = {}
# Those of the desk that the Vietnamese pages show too.
IN_BOTH: set[str] = set()


def shot(make: Shoot) -> Shoot:
    """Registers what makes one picture, under the picture's name."""
    SHOTS[make.__name__] = make
    return make


def shot_in_both(make: Shoot) -> Shoot:
    """The same, of a picture that is made in English and in Vietnamese."""
    IN_BOTH.add(make.__name__)
    return shot(make)


@dataclass
class Studio:
    """The served example paper, and a browser to look at it."""

    url: str
    password: str
    browser: Browser
    stories: dict[str, int]  # their ids, by folder
    pictures: dict[str, int]  # their ids, by file
    language: str = "en"  # the desk's
    _desks: dict[str, Page] = field(default_factory=dict)

    def site(self, address: str, viewport: dict[str, int] = DESKTOP, **options: object) -> Page:
        """A page as a reader gets it."""
        context = self.browser.new_context(
            base_url=self.url, viewport=viewport, locale="vi-VN", timezone_id=ZONE, **options
        )
        page = context.new_page()
        page.goto(address)
        return page

    def read(self, folder: str, viewport: dict[str, int] = DESKTOP, **options: object) -> Page:
        """A story as a reader gets it."""
        # The id decides; the site puts the rest of the address right.
        return self.site(f"/story/story-{self.stories[folder]}/", viewport, **options)

    def desk(self, username: str, address: str) -> Page:
        """A page of the desk as this person gets it."""
        if username not in self._desks:
            self._desks[username] = self._logged_in(username)
        page = self._desks[username]
        page.goto(address)
        return page

    def story(self, username: str, folder: str, page: str = "change") -> Page:
        """A page of one story at the desk."""
        return self.desk(username, f"/admin/articles/article/{self.stories[folder]}/{page}/")

    def _logged_in(self, username: str) -> Page:
        context = self.browser.new_context(
            base_url=self.url,
            viewport=DESKTOP,
            locale=LOCALES[self.language],
            timezone_id=ZONE,
        )
        page = context.new_page()
        page.goto("/admin/")
        page.fill("#id_username", username)
        page.fill("#id_password", self.password)
        page.click("#login-form [type=submit]")
        page.locator("#user-tools").wait_for()
        return page


# The pictures


@shot
def home(studio: Studio) -> None:
    keep("home", studio.site("/"))


@shot
def story(studio: Studio) -> None:
    keep("story", studio.read(FORUM, TALL))


@shot
def phone(studio: Studio) -> None:
    page = studio.read(FORUM, PHONE, is_mobile=True, has_touch=True, device_scale_factor=1.5)
    show(page.locator("figure").first, above=260)
    keep("phone", page)


@shot
def photo_story(studio: Studio) -> None:
    keep("photo_story", studio.read(PHOTO_STORY, TALL))


@shot
def large_view(studio: Studio) -> None:
    page = studio.read(FORUM, SMALL)
    page.locator("figure a.opens").first.click()
    page.locator("dialog.large-view img").first.wait_for()
    keep("large_view", page)


@shot
def desk(studio: Studio) -> None:
    keep("desk", studio.desk("editor", "/admin/"))


@shot
def stories(studio: Studio) -> None:
    keep("stories", studio.desk("editor", "/admin/articles/article/"))


@shot_in_both
def story_form(studio: Studio) -> None:
    page = studio.story("reporter", DRAFT)
    written(page)
    keep("story_form", page, studio.language)


@shot_in_both
def figures(studio: Studio) -> None:
    page = studio.story("editor", FORUM)
    shared = written(page).locator("figure").last
    shared.locator("figcaption").click()
    show(shared, above=110)
    keep("figures", page, studio.language)


@shot_in_both
def picture_panel(studio: Studio) -> None:
    page = studio.story("editor", FORUM)
    figure = written(page).locator("figure").last
    figure.locator("button.picture").nth(1).click()
    show(figure, above=110)
    keep("picture_panel", page, studio.language)


@shot_in_both
def picker(studio: Studio) -> None:
    page = studio.story("editor", FORUM)
    written(page)
    page.click(".cke_button__figurespick")
    options = page.locator("dialog.figures-picker [role=option]")
    for number in (1, 3, 4):
        options.nth(number).click()
    loaded(page, "dialog.figures-picker")
    keep("picker", page, studio.language)


@shot
def publish(studio: Studio) -> None:
    page = studio.story("editor", READY, "publish")
    page.set_viewport_size({"width": 1200, "height": 900})
    page.get_by_label("At a time").first.check()
    page.get_by_label("Time", exact=True).fill(f"{tomorrow():%Y-%m-%d}T06:00")
    page.get_by_role("button", name="What will happen?").click()
    page.locator("[data-answer]").wait_for()
    keep("publish", page)
    page.set_viewport_size(DESKTOP)


@shot
def timeline(studio: Studio) -> None:
    page = studio.story("managing-editor", BRIDGE)
    page.set_viewport_size({"width": 1200, "height": 1150})
    written(page)
    keep("timeline", page)
    page.set_viewport_size(DESKTOP)


@shot
def site_then(studio: Studio) -> None:
    keep("site_then", studio.desk("editor", f"/admin/site-at/{tomorrow():%Y-%m-%d}T06:00/"))


@shot_in_both
def library(studio: Studio) -> None:
    page = studio.desk("editor", "/admin/media/image/?q=ben+ca")
    loaded(page, "main")
    for number in (1, 2):
        page.locator("input[name=ids]").nth(number).check()
    keep("library", page, studio.language)


@shot_in_both
def many_pictures(studio: Studio) -> None:
    files = ("thuc-dia-ruong-lua.jpg", "thuc-dia-cong-ngan-man.jpg", SPEAKER)
    ids = ",".join(str(studio.pictures[name]) for name in files)
    page = studio.desk("editor", f"/admin/media/image/many/?ids={ids}")
    loaded(page, "main")
    page.fill("#id_source", "Báo Vĩnh Sa")
    keep("many_pictures", page, studio.language)


@shot
def one_picture(studio: Studio) -> None:
    page = studio.desk("editor", f"/admin/media/image/{studio.pictures[SPEAKER]}/change/")
    page.set_viewport_size({"width": 1060, "height": 1120})
    loaded(page, "main")
    picture = page.locator("[data-focus-picture]")
    box = picture.bounding_box()
    # His head.
    picture.click(position={"x": box["width"] * 0.4, "y": box["height"] * 0.3})
    keep("one_picture", page)
    page.set_viewport_size(DESKTOP)


@shot
def person(studio: Studio) -> None:
    page = studio.desk("managing-editor", "/admin/auth/user/add/")
    page.get_by_label("Name:", exact=True).fill("Phan Thu Mây")
    page.get_by_label("Username:").fill("thu-may")
    page.get_by_label("Pen name:").fill("Phan Thu Mây")
    keep("person", page)


# How they are made


def tomorrow() -> datetime:
    """A moment of tomorrow by the paper's clocks."""
    return datetime.now(ZoneInfo(ZONE)) + timedelta(days=1)


def written(page: Page) -> Locator:
    """The editor's text, once the pictures in it are there."""
    text = page.locator(".cke_wysiwyg_div")
    text.wait_for()
    page.locator("figure img").last.wait_for()
    return text


def show(thing: Locator, *, above: int) -> None:
    """Scroll so that `above` pixels of the page stand over a thing."""
    top = thing.bounding_box()["y"]
    thing.page.mouse.wheel(0, top - above)
    thing.page.wait_for_timeout(300)


def loaded(page: Page, selector: str) -> None:
    """Wait for the pictures in a part of the page."""
    page.locator(f"{selector} img").first.wait_for()
    page.wait_for_load_state("networkidle")


def keep(name: str, page: Page, language: str = "en") -> None:
    """Write what the page's window shows as a PNG with as few colours as keep it small.

    Exits where it does not get small.
    """
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    shown = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    for colors in (256, 128, 64, 32):
        out = BytesIO()
        shown.quantize(colors, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MAX_BYTES:
            (FOLDERS[language] / f"{name}.png").write_bytes(out.getvalue())
            return
    sys.exit(f"{name}.png would have {out.tell()} bytes, more than {MAX_BYTES}.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(var: str) -> Iterator[tuple[str, str]]:
    """The example paper in the folder `var`, filled and served: its address and password."""
    password = secrets.token_urlsafe(12)
    port = free_port()
    os.environ |= {
        "VAR_DIR": var, "HOST": "127.0.0.1", "PORT": str(port), "DEMO_PASSWORD": password,
        "SITE_URL": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    # It reads the environment when it is imported.
    from example import demo

    demo.configure()
    demo.prepare()
    command = [sys.executable, "-c", "from example import demo; demo.serve()"]
    server = subprocess.Popen(command)  # noqa: S603
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}", password
    finally:
        server.terminate()
        server.wait(20)


def wait_for(address: str, server: subprocess.Popen) -> None:
    """Return once the server answers; exit where it does not within half a minute."""
    for _try in range(150):
        try:
            urlopen(address, timeout=2).close()  # noqa: S310
            return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
    sys.exit("The example paper could not be served; its own messages stand above.")


def studio_of(url: str, password: str, browser: Browser) -> Studio:
    """The studio of the served paper, told the ids of what is in it."""
    from articles.models import Article
    from media.models import Image as Picture

    stories = dict(Article.objects.exclude(source_key=None).values_list("source_key", "pk"))
    pictures = dict(Picture.objects.values_list("original_name", "pk"))
    return Studio(url, password, browser, stories, pictures)


def main(names: list[str]) -> None:
    """Make the pictures of these names, or all."""
    unknown = set(names) - SHOTS.keys()
    if unknown:
        sys.exit(f"No such picture: {', '.join(unknown)}. There are: {', '.join(SHOTS)}.")
    # Playwright's event loop runs in the thread in which the ids are looked up.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    for folder in FOLDERS.values():
        folder.mkdir(exist_ok=True)
    with ExitStack() as stack:
        var = os.environ.get("VAR_DIR") or stack.enter_context(tempfile.TemporaryDirectory())
        url, password = stack.enter_context(served(var))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)
        english = studio_of(url, password, browser)
        vietnamese = replace(english, language="vi", _desks={})
        for name in names or SHOTS:
            for studio in (english, vietnamese) if name in IN_BOTH else (english,):
                SHOTS[name](studio)
                sys.stdout.write(f"{FOLDERS[studio.language].relative_to(DOCS)}/{name}.png\n")
        browser.close()


def chromium() -> str:
    """The system's Chromium. Exits where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or sys.exit("Chromium is not installed (Debian: chromium).")


if __name__ == "__main__":
    main(sys.argv[1:])
