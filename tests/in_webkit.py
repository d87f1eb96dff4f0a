"""The composing journey and the reader's pages in WebKit: `make engines` runs this, under Xvfb.

Playwright cannot drive WebKitGTK, so this speaks WebDriver, by Selenium; it is no part of `make test`.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait
from selenium.webdriver.webkitgtk.service import Service

from articles.models import Article
from tests import pictures
from tests.conftest import PASSWORD
from tests.site_pages import address

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Selenium's own, from within itself.
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]

HEADLINE = "Diễn đàn thanh niên khởi nghiệp: đường dài cần bạn đồng hành"
LEDE = "Sáng 29/3, hơn ba trăm bạn trẻ dự diễn đàn khởi nghiệp của tỉnh Vĩnh Sa."
PARAGRAPHS = ["Mở đầu diễn đàn, ban tổ chức điểm lại ba năm.", "Bà Sậy kể chuyện ở Bến Lụa."]
CAPTION = "Quang cảnh diễn đàn."
SHARED = "Đại biểu tham quan các gian hàng bên lề diễn đàn."

DROP_AT_THE_END = """
const [text, name, bytes] = arguments;
const dataTransfer = new DataTransfer();
dataTransfer.items.add(new File([new Uint8Array(bytes)], name, {type: "image/jpeg"}));
const {left, bottom} = text.getBoundingClientRect();
for (const type of ["dragover", "drop"]) text.dispatchEvent(new DragEvent(type, {
    dataTransfer, clientX: left + 20, clientY: bottom - 1, bubbles: true, cancelable: true,
}));
"""
# WebDriver hands files to an input that is shown; the dialog that a click opens is out of its reach.
SHOW_FILE_INPUTS = "HTMLInputElement.prototype.click = function () { this.hidden = false; };"

# WebDriver sends keys to no field of a shadow tree.
TYPE_IN_SHADOW = """
let field = document.activeElement;
while (field.shadowRoot) field = field.shadowRoot.activeElement;
field.value = arguments[0];
field.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, composed: true}));
"""


class Window:
    """An open window of WebKit, as the tests handle it."""

    def __init__(self, driver: webdriver.WebKitGTK, url: str) -> None:
        self.driver = driver
        self.url = url

    def go(self, path: str) -> None:
        self.driver.get(self.url + path)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def find(self, selector: str) -> WebElement:
        """The first such element that can be seen, once there is one."""
        return self.wait(
            lambda: next((each for each in self.all(selector) if each.is_displayed()), None),
            selector,
        )

    def click(self, selector: str) -> None:
        element = self.find(selector)
        # WebDriver itself scrolls only just as far as what sticks to the window's edges.
        self.script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def wait(self, condition: Callable[[], object], what: str) -> object:
        """What the condition gives, once it gives something; `what` names it where it never does."""
        # While a page gives way to another, its elements go.
        going = (NoSuchElementException, StaleElementReferenceException)
        waiting = WebDriverWait(self.driver, 20, 0.1, ignored_exceptions=going)
        return waiting.until(lambda _driver: condition(), what)

    def script(self, code: str, *arguments: object) -> object:
        return self.driver.execute_script(code, *arguments)

    def type(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)

    def is_focused(self, element: WebElement) -> bool:
        return self.driver.switch_to.active_element == element


@pytest.fixture
def open_window(live_server) -> Iterator[Callable[..., Window]]:
    """Open a window: open_window(width=390)."""
    drivers = []

    def open_one(width: int = 1280, height: int = 900) -> Window:
        options = webdriver.WebKitGTKOptions()
        options.binary_location = str(Path(__file__).with_name("webkit_window.py"))
        options.add_argument("--automation")
        options.add_argument(f"{width}x{height}")
        service = Service(shutil.which("WebKitWebDriver"))
        drivers.append(webdriver.WebKitGTK(options=options, service=service))
        return Window(drivers[-1], live_server.url)

    yield open_one
    for driver in drivers:
        driver.quit()


@pytest.fixture
def files(tmp_path) -> list[Path]:
    """Four photographs as a camera names them: 10 comes after 9."""
    paths = [tmp_path / f"DSC_{number}.jpg" for number in (7, 8, 9, 10)]
    for seed, path in enumerate(paths, start=1):
        path.write_bytes(pictures.jpeg((600, 400), seed))
    return paths


def log_in(window: Window, username: str) -> None:
    window.go("/admin/")
    window.find("#id_username").send_keys(username)
    window.find("#id_password").send_keys(PASSWORD, Keys.ENTER)
    window.find("#user-tools")


def compose(window: Window, files: list[Path]) -> None:
    window.go("/admin/articles/article/add/")
    text = window.find(".cke_wysiwyg_div")
    assert window.is_focused(window.find("#id_headline"))
    window.type(HEADLINE)
    Select(window.find("#id_section")).select_by_visible_text("Kinh tế")
    window.find("#id_lede").send_keys(LEDE)
    window.click(".cke_wysiwyg_div p")
    window.type(PARAGRAPHS[0])
    window.script(DROP_AT_THE_END, text, files[0].name, list(files[0].read_bytes()))
    window.wait(lambda: shown_pictures(window) == 1, "the picture that was dropped")
    window.type(CAPTION, Keys.ENTER)
    window.type(PARAGRAPHS[1])
    window.script(SHOW_FILE_INPUTS)
    window.click(".cke_button__figureschoose")
    window.find("body > input[type=file]").send_keys("\n".join(map(str, files[1:])))
    window.wait(lambda: shown_pictures(window) == 4, "the pictures that were chosen")
    window.click(".figures-notice button")
    window.wait(lambda: len(window.all(".cke_wysiwyg_div figure")) == 2, "one figure of three")
    window.type(SHARED)
    window.click("[name=_save]")
    window.find(".messagelist")


def shown_pictures(window: Window) -> int:
    """How many pictures stand in the text and have arrived; they live in shadow trees."""
    return window.script(
        """return [...document.querySelectorAll(".cke_wysiwyg_div .figure-pictures")].flatMap(
            host => [...host.shadowRoot.querySelectorAll("img")]).filter(
            image => image.complete && image.naturalWidth).length"""
    )


def test_a_report_is_composed_saved_reopened_and_handed_in_as_it_was(
    open_window, reporter, section, paper, files
):
    window = open_window()
    log_in(window, reporter.username)
    compose(window, files)

    article = Article.objects.get(headline=HEADLINE)
    assert article.lede == LEDE
    captions = list(article.captions.all())
    assert [caption.text for caption in captions] == [CAPTION, SHARED]
    names = [[row.image.original_name for row in each.image_rows.all()] for each in captions]
    assert names == [["DSC_7.jpg"], ["DSC_8.jpg", "DSC_9.jpg", "DSC_10.jpg"]]
    assert [f"<p>{paragraph}</p>" in article.body for paragraph in PARAGRAPHS] == [True, True]

    window.go(f"/admin/articles/article/{article.pk}/change/")
    window.wait(lambda: shown_pictures(window) == 4, "the pictures of the saved story")
    window.click("[name=_submit]")
    window.find(".messagelist")
    handed_in = Article.objects.get(pk=article.pk)
    assert (handed_in.stage, handed_in.body) == ("submitted", article.body)


def body_of(window: Window) -> str:
    return window.script("return Object.values(CKEDITOR.instances)[0].getData()")


def test_a_caption_is_selected_alone_and_what_was_written_over_it_comes_back(
    open_window, reporter, section, files
):
    window = open_window()
    log_in(window, reporter.username)
    window.go("/admin/articles/article/add/")
    text = window.find(".cke_wysiwyg_div")
    window.click(".cke_wysiwyg_div p")
    window.type(PARAGRAPHS[0])
    window.script(DROP_AT_THE_END, text, files[0].name, list(files[0].read_bytes()))
    window.wait(lambda: shown_pictures(window) == 1, "the picture that was dropped")
    window.type(CAPTION)
    before = body_of(window)
    assert before.startswith(f"<p>{PARAGRAPHS[0]}</p><figure")
    for words in (["Mới"], [Keys.BACKSPACE]):
        window.type(Keys.CONTROL + "aa" + Keys.NULL)
        window.type(*words)
        left = "<figcaption>Mới</figcaption>" if words == ["Mới"] else ""
        assert body_of(window) == before.replace(f"<figcaption>{CAPTION}</figcaption>", left)
        window.type(Keys.CONTROL + "z" + Keys.NULL)
        window.wait(lambda: body_of(window) == before, "the caption as it was")


def test_alt_texts_are_written_one_after_the_other(open_window, reporter, section, files):
    window = open_window()
    log_in(window, reporter.username)
    compose(window, files)
    article = Article.objects.get(headline=HEADLINE)
    window.go(f"/admin/articles/article/{article.pk}/change/")
    window.wait(lambda: shown_pictures(window) == 4, "the pictures of the saved story")
    window.click(".figures-summary button")
    texts = [f"Ảnh {number}" for number in range(4)]
    for alt_text in texts:
        window.script(TYPE_IN_SHADOW, alt_text)
    write = window.find(".figures-summary button")
    window.wait(lambda: not write.is_displayed(), "that all have an alt text")
    rows = [each for caption in article.captions.all() for each in caption.image_rows.all()]
    assert [each.image.alt_text for each in rows] == texts


def assert_all_is_in_sight(window: Window) -> None:
    """Nothing is wider than the window, and every picture comes."""
    assert not window.script("return document.documentElement.scrollWidth > innerWidth")
    images = window.all("main img")
    assert images
    for image in images:
        window.script("arguments[0].scrollIntoView()", image)
        window.wait(lambda each=image: each.get_property("naturalWidth"), "a picture")


@pytest.mark.parametrize("width", [390, 1280])
def test_readers_get_the_story_whole_and_its_pictures_large_by_keys(
    open_window, forum_report, paper, publish_at, now, width
):
    publish_at(forum_report, now - timedelta(hours=1))
    window = open_window(width=width)
    window.go("/")
    assert window.script("return innerWidth") == width
    assert_all_is_in_sight(window)
    window.click("article.card .headline a")
    window.wait(lambda: window.all("article.story"), "the story")
    assert window.script("return location.pathname") == address(forum_report)
    assert_all_is_in_sight(window)

    link = window.all("a.opens")[1]
    window.script("arguments[0].focus()", link)
    window.type(Keys.ENTER)
    count = window.find("dialog .large-count")
    seen = [count.text]
    for key in (Keys.ARROW_RIGHT, Keys.END, Keys.ARROW_LEFT, Keys.HOME):
        window.type(key)
        seen.append(count.text)
    assert seen == ["2 / 7", "3 / 7", "7 / 7", "6 / 7", "1 / 7"]
    window.type(Keys.ESCAPE)
    window.wait(lambda: not count.is_displayed(), "the closed view")
    assert window.is_focused(link)
