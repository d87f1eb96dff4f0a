"""A whole manuscript pasted fills the story's fields, and marks the places of pictures it lost."""

import base64

import pytest
from playwright.sync_api import expect

from articles.models import Article, Paper
from articles.text import Body, clean_html
from media.models import Image
from tests import pictures
from tests.editor_page import Editor, photos

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = "/admin/articles/article/add/"
WORD = """<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><!--StartFragment-->
<h1>Diễn đàn khởi nghiệp</h1>
<p class="MsoNormal"><b>XYZ - Chiều 29/3, hơn 200 bạn trẻ đã nghe các nhà vườn kể chuyện.</b></p>
<p class="MsoNormal">Đến dự có bà Lê Hòa.</p>%s<!--EndFragment--></body></html>"""
LOST = """<p class="MsoNormal"><img src="file:///C:/clip1.png"></p>
<p class="MsoCaption">Bà Lê Hòa nói chuyện</p><p class="MsoNormal">Sau đó</p>"""
HEADLINE = "Diễn đàn khởi nghiệp"
LEDE = "Chiều 29/3, hơn 200 bạn trẻ đã nghe các nhà vườn kể chuyện."


class Form(Editor):
    """The story form, in which the body's editor stands."""

    def __init__(self, page) -> None:
        self.page = page
        page.goto(ADD)
        self.text = page.locator(".cke_wysiwyg_div")
        self.text.wait_for()
        self.figures = self.text.locator("figure")
        self.captions = self.text.locator("figcaption")
        self.notice = page.locator(".figures-notice")
        self.lift = self.notice.get_by_role("button", name="Move to the fields above")

    def fields(self) -> list[str]:
        return [self.page.input_value(f"#id_{name}") for name in ("headline", "dateline", "lede")]


@pytest.fixture
def form(open_page, reporter, section) -> Form:
    return Form(open_page(user=reporter))


@pytest.mark.engines
@pytest.mark.parametrize("mark", ["XYZ -", "VS -", ""])
def test_headline_and_lede_go_into_their_fields_by_one_press(open_page, reporter, section, mark):
    paper = Paper.load()
    paper.mark = mark
    paper.save()
    form = Form(open_page(user=reporter))
    form.text.click()
    form.paste(html=WORD % "", plain=HEADLINE)
    form.notice.get_by_text("begins with its headline and lede").wait_for()
    assert HEADLINE in form.data()
    form.lift.click()
    expect(form.page.locator("#id_headline")).to_be_focused()
    assert form.fields() == [HEADLINE, "XYZ -", LEDE]
    assert clean_html(form.data()) == "<p>Đến dự có bà Lê Hòa.</p>"
    expect(form.lift).to_have_count(0)
    form.page.click("[name=_save]")
    expect(form.page.locator(".messagelist")).to_contain_text("Saved")
    assert Article.objects.get().lede == LEDE


def test_only_what_has_no_words_yet_is_offered(form):
    form.page.fill("#id_headline", "Tít của tôi")
    form.text.click()
    form.paste(html=WORD % "", plain=HEADLINE)
    form.notice.get_by_text("begins with its lede").wait_for()
    form.lift.click()
    assert form.fields()[::2] == ["Tít của tôi", LEDE]
    assert clean_html(form.data()) == f"<h2>{HEADLINE}</h2><p>Đến dự có bà Lê Hòa.</p>"


def test_a_text_that_goes_on_offers_nothing(form):
    form.text.click()
    form.page.keyboard.type("Mở đầu")
    form.paste(html=WORD % "", plain=HEADLINE)
    expect(form.notice).to_be_empty()


def test_undo_takes_the_offer_back_with_the_text(form):
    form.text.click()
    form.paste(html=WORD % "", plain=HEADLINE)
    form.lift.wait_for()
    form.page.keyboard.press("Control+z")
    expect(form.lift).to_have_count(0)
    assert clean_html(form.data()) == ""


def test_undo_brings_what_was_moved_back_into_the_text(form):
    form.text.click()
    form.paste(html=WORD % "", plain=HEADLINE)
    form.lift.click()
    form.text.click()
    form.page.keyboard.press("Control+z")
    assert HEADLINE in form.data()
    assert LEDE in form.data()
    assert form.fields()[0] == HEADLINE


@pytest.mark.engines
def test_a_lost_picture_leaves_its_place_and_its_caption(form):
    form.text.click()
    form.paste(html=WORD % LOST, plain=HEADLINE)
    form.notice.get_by_text("Pictures not pasted: 1. Their places are marked").wait_for()
    form.figures.get_by_text("did not come with the text").wait_for()
    assert form.captions.all_inner_texts() == ["Bà Lê Hòa nói chuyện"]
    form.drop(photos("a.jpg"), on=form.figures.first)
    form.pictures(1)
    [figure] = Body.cleaned(form.data()).figures
    assert figure.images == (Image.objects.get().pk,)
    assert figure.caption == "Bà Lê Hòa nói chuyện"
    assert clean_html(form.data()).endswith("</figure><p>Sau đó</p>")


def test_files_take_the_places_in_order_and_the_rest_stand_below(form):
    form.text.click()
    form.paste(html=WORD % (LOST + LOST), plain=HEADLINE)
    expect(form.figures).to_have_count(2)
    with form.page.expect_file_chooser() as chooser:
        form.tool("Choose the file").click()
    files = [
        {"name": name, "mimeType": "image/jpeg", "buffer": data}
        for name, data in photos("1.jpg", "2.jpg", "3.jpg").items()
    ]
    chooser.value.set_files(files)
    form.pictures(3)
    shown = [figure.images for figure in Body.cleaned(form.data()).figures]
    names = [Image.objects.get(pk=pk).original_name for (pk,) in shown]
    assert names == ["1.jpg", "2.jpg", "3.jpg"]


def test_saving_asks_about_the_places_that_are_left_and_keeps_the_words_under_them(form):
    form.page.fill("#id_headline", "Tít")
    form.text.click()
    form.paste(html=WORD % LOST, plain=HEADLINE)
    form.figures.first.wait_for()
    form.page.click("[name=_save]")
    form.notice.get_by_text("Pictures still missing: 1").wait_for()
    assert Article.objects.count() == 0
    form.notice.get_by_role("button", name="Save without them").click()
    expect(form.page.locator(".messagelist")).to_contain_text("Saved")
    assert "<p>Bà Lê Hòa nói chuyện</p><p>Sau đó</p>" in Article.objects.get().body


def test_undo_brings_a_place_back(form):
    form.text.click()
    form.paste(html=WORD % LOST, plain=HEADLINE)
    form.tool("Remove").click()
    expect(form.figures).to_have_count(0)
    assert "<p>Bà Lê Hòa nói chuyện</p>" in form.data()
    form.page.keyboard.press("Control+z")
    form.figures.get_by_text("did not come with the text").wait_for()


def data_url(seed: int) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(pictures.jpeg(seed=seed)).decode()


@pytest.mark.parametrize(
    "html",
    [
        "<figure>{0}{1}<figcaption>Chung</figcaption></figure>",
        "<table><tr><td>{0}<td>{1}<tr><td colspan=2>Chung</table>",
        '<table class="picture"><tr><td>{0}{1}<tr><td class="caption"><i>Chung</i></table>',
    ],
)
def test_pictures_in_one_frame_share_its_caption(form, html):
    images = [f'<img src="{data_url(n)}">' for n in (1, 2)]
    form.text.click()
    form.paste(html=f"<p>Trước</p>{html.format(*images)}<p>Sau</p>", plain="Trước")
    form.pictures(2)
    [figure] = Body.cleaned(form.data()).figures
    assert len(figure.images) == 2
    assert figure.plain_caption == "Chung"
    assert Body.cleaned(form.data()).plain_text().split() == ["Trước", "Chung", "Sau"]


def test_a_table_of_words_stays_one_and_its_picture_follows_it(form):
    form.text.click()
    form.paste(
        html=f'<p>Trước</p><table><tr><td>Một<td><img src="{data_url(1)}"><tr><td>Hai<td>Ba</table>',
        plain="x",
    )
    form.pictures(1)
    found = clean_html(form.data())
    assert "<td>Một</td>" in found
    assert found.index("</table>") < found.index("<figure")


def test_pictures_of_a_web_page_lead_to_their_originals_and_its_signs_are_none(form):
    form.text.click()
    form.paste(
        html='<p>Trước</p><img src="https://a.example/b.jpg" alt="Cầu mới" width=600>'
        '<img src="https://a.example/share.png" width=24 height=24><p>Sau</p>',
        plain="x",
    )
    link = form.figures.get_by_role("link", name="See the original")
    assert link.get_attribute("href") == "https://a.example/b.jpg"
    expect(form.figures).to_have_count(1)
    form.figures.get_by_text("Cầu mới").wait_for()
    form.notice.get_by_text("Pictures not pasted: 1").wait_for()
