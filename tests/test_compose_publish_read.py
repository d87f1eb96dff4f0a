"""The whole way in Chromium: a reporter composes the forum report, an editor schedules it, readers read.

The browser's server is the only process that runs: nothing wakes up to publish.
"""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article
from articles.publishing import freezing
from tests import pictures
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADLINE = "Diễn đàn thanh niên khởi nghiệp: đường dài cần bạn đồng hành"
LEDE = "Sáng 29/3, hơn ba trăm bạn trẻ dự diễn đàn khởi nghiệp của tỉnh Vĩnh Sa."
PARAGRAPHS = [
    "Mở đầu diễn đàn, ban tổ chức điểm lại ba năm của phong trào.",
    "Bà Huỳnh Thị Sậy kể chuyện dựng xưởng sấy đầu tiên ở Bến Lụa.",
    "Ông Tạ Khắc Hiếu nói về vốn: “Chúng tôi cho vay bằng niềm tin”.",
    "Nhiều ý kiến đề nghị mở sàn giao dịch ý tưởng tại trường đại học.",
    "Phần đối thoại kéo dài hơn dự kiến, vì câu hỏi nối nhau không dứt.",
]
CAPTIONS = ["Quang cảnh diễn đàn.", "Bà Sậy phát biểu.", "Ông Hiếu trả lời.", "Góc đối thoại."]
SHARED = "Đại biểu tham quan các gian hàng bên lề diễn đàn."
ACTIONS_ALLOWED = 20
ALT_TEXTS = [f"Ảnh {number}: người nói chuyện bên bàn" for number in range(1, 8)]
ALT_TEXT_ACTIONS_ALLOWED = 8


class Hands:
    """What a person does beyond typing words, counted: clicks, choices, drops, key commands."""

    def __init__(self, page) -> None:
        self.page = page
        self.actions: list[str] = []

    def click(self, locator, what: str) -> None:
        self.actions.append(f"click {what}")
        locator.click()

    def choose(self, label: str, option: str) -> None:
        self.actions.append(f"choose {option}")
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def press(self, key: str, why: str) -> None:
        self.actions.append(f"{key} {why}")
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.insert_text(words)

    def drop(self, file: Path) -> None:
        """Drop a file at the end of the text, as a file manager does."""
        self.actions.append(f"drop {file.name}")
        transfer = self.page.evaluate_handle(
            """([name, bytes]) => {
                const transfer = new DataTransfer();
                transfer.items.add(new File([new Uint8Array(bytes)], name, {type: "image/jpeg"}));
                return transfer;
            }""",
            [file.name, list(file.read_bytes())],
        )
        text = self.page.locator(".cke_wysiwyg_div")
        box = text.bounding_box()
        event = {
            "dataTransfer": transfer,
            "clientX": box["x"] + 20,
            "clientY": box["y"] + box["height"] - 1,
        }
        text.dispatch_event("dragover", event)
        text.dispatch_event("drop", event)


@pytest.fixture
def files(tmp_path) -> list[Path]:
    """Seven photographs as a camera names them: 10 comes after 9."""
    paths = [tmp_path / f"DSC_{number}.jpg" for number in (4, 5, 6, 7, 8, 9, 10)]
    for seed, path in enumerate(paths, start=1):
        path.write_bytes(pictures.jpeg((1200, 800), seed))
    return paths


def log_in(page, user) -> None:
    page.goto("/admin/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.locator("#user-tools").wait_for()


def write_alt_texts(hands: Hands) -> None:
    row = hands.page.locator(".figures-summary")
    expect(row).to_contain_text("No alt text yet: 7.")
    hands.click(row.get_by_role("button", name="Write alt texts"), "alt texts")
    for text in ALT_TEXTS:
        hands.type(text)
        hands.press("Enter", "after an alt text")
    expect(row).to_contain_text("All have an alt text.")


def compose_report(hands: Hands, files: list[Path], related: Article) -> None:
    page = hands.page
    page.goto("/admin/articles/article/")
    hands.click(page.get_by_role("link", name="Add story"), "Add story")
    expect(page.get_by_role("textbox", name="Headline", exact=True)).to_be_focused()
    hands.type(HEADLINE)
    hands.choose("Section", "Kinh tế")
    hands.choose("Genre", "Forum")
    hands.click(page.get_by_label("Lede", exact=True), "lede")
    hands.type(LEDE)
    hands.click(page.locator(".cke_wysiwyg_div"), "text")
    for number, (paragraph, caption) in enumerate(zip(PARAGRAPHS[:4], CAPTIONS, strict=True)):
        hands.type(paragraph)
        hands.drop(files[number])
        page.locator("figure").nth(number).locator("img").wait_for()
        hands.type(caption)
        hands.press("Enter", "leaves the caption")
    hands.type(PARAGRAPHS[4])
    with page.expect_file_chooser() as chooser:
        hands.click(page.locator(".cke_button__figureschoose"), "add pictures")
    hands.actions.append("choose three files")
    chooser.value.set_files(files[4:])
    hands.click(page.get_by_role("button", name="together"), "together")
    hands.type(SHARED)
    box = page.locator("[name=links_words]").last
    hands.click(box, "related links")
    hands.type("on the site since")
    suggestion = page.get_by_role("option", name=related.headline)
    suggestion.wait_for()
    hands.click(suggestion, "the suggestion")
    write_alt_texts(hands)
    hands.click(page.get_by_role("button", name="Save and submit"), "Save and submit")
    page.locator(".messagelist").wait_for()


def schedule(page, article: Article, moment: datetime) -> None:
    """As the editor: open the story, choose the moment, read what will happen, do it."""
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.get_by_role("button", name=re.compile("Save and publish")).click()
    page.get_by_label("At a time").first.check()
    page.locator("[name=at]").fill(timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M:%S"))
    page.locator("[data-do]").click()
    expect(page.locator("[data-answer]")).to_contain_text(HEADLINE)
    page.locator("[data-do]").click()
    page.locator(".messagelist").wait_for()


@pytest.mark.engines
def test_the_forum_report_from_add_story_to_the_readers_page(
    open_page, client, files, reporter, editor, section, paper, published, now
):
    desk = open_page(width=1280)
    log_in(desk, reporter)
    hands = Hands(desk)
    compose_report(hands, files, published)
    alt_text_actions = [action for action in hands.actions if "alt text" in action]
    assert len(alt_text_actions) <= ALT_TEXT_ACTIONS_ALLOWED
    assert len(hands.actions) - len(alt_text_actions) <= ACTIONS_ALLOWED, "\n".join(hands.actions)

    article = Article.objects.get(headline=HEADLINE)
    assert article.stage == "submitted"
    assert [caption.images.count() for caption in article.captions.all()] == [1, 1, 1, 1, 3]
    names = [row.image.original_name for row in article.captions.last().image_rows.all()]
    assert names == ["DSC_8.jpg", "DSC_9.jpg", "DSC_10.jpg"]
    shown = [row.image for caption in article.captions.all() for row in caption.image_rows.all()]
    assert [image.alt_text for image in shown] == ALT_TEXTS

    at_desk = open_page()
    log_in(at_desk, editor)
    at_desk.goto(f"/admin/articles/article/{article.pk}/change/")
    at_desk.locator(".cke_wysiwyg_div figure img").nth(6).wait_for()
    at_desk.get_by_role("button", name="Save", exact=True).click()
    at_desk.locator(".messagelist").wait_for()
    assert Article.objects.get(pk=article.pk).body == article.body

    moment = now + timedelta(hours=9)
    schedule(at_desk, article, moment)
    address = f"/kinh-te/{article.slug}-{article.pk}/"
    before = client.get(address)
    unknown = client.get("/kinh-te/khong-co-tin-nay-99999/")
    assert before.status_code == 404
    assert (before.content, before.headers) == (unknown.content, unknown.headers)

    with time_machine.travel(moment - timedelta(microseconds=1), tick=False):
        assert client.get(address).status_code == 404
    with time_machine.travel(moment, tick=False):
        assert client.get(address).status_code == 200
        read_as_a_reader(open_page(locale="vi-VN"), address, published)


def read_as_a_reader(page, address: str, related: Article) -> None:
    page.goto(address)
    story = page.locator("article.story")
    expect(story.locator("h1")).to_have_text(HEADLINE)
    expect(story.locator(".dateline")).to_have_text("VS -")
    expect(story.locator(".lede")).to_contain_text(LEDE)
    figures = story.locator(".story-body figure")
    assert figures.count() == 5
    for figure, caption in zip(figures.all(), [*CAPTIONS, SHARED], strict=True):
        expect(figure.locator("figcaption")).to_have_count(1)
        expect(figure.locator("figcaption")).to_contain_text(caption)
    assert [figure.locator("picture > img").count() for figure in figures.all()] == [1, 1, 1, 1, 3]
    order = story.locator(".story-body > *").evaluate_all("all => all.map(one => one.localName)")
    assert order == ["p", "figure"] * 5
    for image in figures.locator("img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", value=True)
        assert image.evaluate("image => image.naturalWidth") > 0
    expect(page.locator("section.related-links article.card")).to_contain_text(related.headline)
    expect(page.locator("section.same-section article.card")).to_contain_text(related.headline)


def test_importing_the_report_gives_the_same_page_as_composing_it(
    client, forum_report, published, paper, section, editor, publish_at, now, tmp_path
):
    """Two stories of the same content, one composed and one imported: the pages differ in the id only."""
    from articles.importers.stories import import_stories
    from articles.text import Body
    from media.models import Image

    publish_at(forum_report, now - timedelta(hours=1))
    folder = tmp_path / "forum"
    folder.mkdir()
    body = forum_report.body
    for number, figure in enumerate(Body.read(forum_report.body).figures):
        tags = []
        for place, pk in enumerate(figure.images):
            name = f"{number}-{place}.jpg"
            seed = int(Image.objects.get(pk=pk).original_name.removesuffix(".jpg"))
            (folder / name).write_bytes(pictures.jpeg((320, 240), seed))
            tags.append(f'<img src="{name}">')
        ids = " ".join(map(str, figure.images))
        body = body.replace(f'<figure data-images="{ids}">', f"<figure>{''.join(tags)}")
    (folder / "story.html").write_text(
        f'<meta name="section" content="kinh-te"><meta name="genre" content="forum">'
        f'<meta name="byline" content="Minh Khuê"><h1>{forum_report.headline}</h1>'
        f'<p class="lede">VS - {forum_report.lede}</p>{body}<nav class="related">'
        f'<a href="/kinh-te/x-{published.pk}/">x</a>'
        f'<a href="https://forum.example/programme">The programme</a></nav>',
        encoding="utf-8",
    )
    (outcome,) = import_stories([folder], by=editor)
    publish_at(outcome.article, now - timedelta(hours=1))

    composed, imported = (
        client.get(story.publications.get().get_absolute_url()).content.decode()
        for story in (forum_report, outcome.article)
    )
    assert freezing.digest_of(outcome.article) == freezing.digest_of(forum_report)
    parts = re.compile(r'<article class="story">.*?</article>', re.DOTALL)
    mine, theirs = (
        re.sub(rf"-{story.pk}(?=/|%2F)", "-ID", parts.search(page)[0])
        for story, page in ((forum_report, composed), (outcome.article, imported))
    )
    assert mine.splitlines() == theirs.splitlines()
