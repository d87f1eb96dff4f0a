"""What is pasted from Word, Google Docs and the web becomes a story's text; pictures never point elsewhere."""

import base64

import pytest

from articles.text import clean_html
from media.models import Image
from tests import pictures
from tests.editor_page import Editor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.editor_page"),
]


@pytest.fixture
def editor(open_page, reporter):
    editor = Editor(open_page(user=reporter), "<p>One</p><p>Two</p>")
    editor.text.locator("p").first.click()
    editor.page.keyboard.press("End")
    yield editor
    assert editor.reports == []


def data_url(seed: int = 0) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(pictures.jpeg(seed=seed)).decode()


def clean(editor: Editor) -> str:
    return clean_html(editor.data())


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head>
<meta name="Generator" content="Microsoft Word 15"><style>p.MsoNormal {margin:0cm}</style></head>
<body lang="VI"><!--StartFragment-->
<h1 style="color:#2E74B5">Diễn đàn khởi nghiệp</h1>
<p class="MsoNormal" style="text-align:justify"><b><span style="font-size:13pt">Sáng 29/3</span></b><span style="font-family:Times">, “tại” <i>Đông Hà</i><o:p></o:p></span></p>
<p class="MsoListParagraph" style="margin-left:36pt;text-indent:-18pt;mso-list:l0 level1 lfo1">
<![if !supportLists]><span style="mso-list:Ignore">·<span style="font:7pt Times">&nbsp;&nbsp;</span></span>
<![endif]>Một<o:p></o:p></p>
%s<!--EndFragment--></body></html>"""

DOCS = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1a2b">
<h2 dir="ltr"><span style="font-size:16pt;font-weight:700">Đề mục</span></h2>
<p dir="ltr"><span style="font-size:11pt;font-weight:400">Thường </span><span style="font-weight:700">đậm</span>
<span style="font-style:italic;font-weight:400"> nghiêng</span><span style=""> trống</span></p></b>"""


@pytest.mark.engines
def test_text_of_word_keeps_words_headings_lists_and_emphasis(editor):
    editor.paste(html=WORD % "", plain="Diễn đàn")
    editor.text.get_by_text("Diễn đàn khởi nghiệp").wait_for()
    found = clean(editor)
    assert "<h2>Diễn đàn khởi nghiệp</h2>" in found
    assert "<strong>Sáng 29/3</strong>, “tại” <em>Đông Hà</em>" in found
    assert "<ul><li>Một</li></ul>" in found


def test_square_metres_stay_square_metres(editor):
    word = '<p class="MsoNormal">120 m<sup><span style="font-size:9pt">2</span></sup>, CO<sub>2</sub></p>'
    editor.paste(html=WORD % word, plain="120 m2")
    assert "120 m²" in editor.text.text_content()
    assert "120 m², CO₂" in clean(editor)


def test_so_do_those_of_google_docs(editor):
    docs = '<p dir="ltr"><span>120 m</span><span style="vertical-align:super">2</span></p></b>'
    editor.paste(html=DOCS.replace("</p></b>", "</p>" + docs), plain="120 m2")
    assert "120 m²" in clean(editor)


@pytest.mark.engines
def test_pictures_of_word_come_from_the_rtf_beside_it(editor):
    hexed = pictures.png(seed=5).hex()
    rtf = (
        r"{\rtf1{\*\shppict{\pict{\*\picprop\shplid1025{\sp{\sn shapeType}{\sv 75}}}"
        rf"\picscalex100\pngblip\bliptag-1 {hexed}}}}}}}"
    )
    image = '<p class="MsoNormal"><img width="64" src="file:///C:/Temp/clip_image001.png"></p>'
    editor.paste(html=WORD % image, rtf=rtf, plain="Diễn đàn")
    editor.pictures(1)
    assert f'<figure data-images="{Image.objects.get().pk}"></figure>' in clean(editor)
    assert "Một" in clean(editor)


def test_pictures_of_word_without_their_bytes_are_left_out_and_it_says_so(editor):
    image = '<p class="MsoNormal">Ảnh<img width="64" src="file:///C:/Temp/clip_image001.png"></p>'
    editor.paste(html=WORD % image, plain="Diễn đàn")
    editor.notice.get_by_text("Pictures not pasted: 1").wait_for()
    assert "<img" not in editor.data()
    assert "<p>Ảnh</p>" in clean(editor)


@pytest.mark.engines
def test_text_of_google_docs_is_bold_only_where_it_was(editor):
    editor.paste(html=DOCS, plain="Đề mục")
    editor.text.get_by_text("Đề mục").wait_for()
    assert "<h2>Đề mục</h2><p>Thường <strong>đậm</strong> <em>nghiêng</em> trống</p>" in clean(
        editor
    )


def test_pictures_in_a_web_page_are_taken_where_their_bytes_are_there(editor):
    editor.paste(
        html=f"<p>Before</p><p>With <img src='{data_url(1)}'> inside</p>"
        f"<figure><img src='{data_url(2)}'><figcaption>Its caption</figcaption></figure>"
        "<p>After <img src='https://elsewhere.example/x.jpg'></p><script>alert(1)</script>",
        plain="Before",
    )
    editor.pictures(2)
    editor.notice.get_by_text("Pictures not pasted: 1").wait_for()
    found = clean(editor)
    # Both are on their way at once, and either may be there first.
    first, second = (Image.objects.get(original_name=f"{n}.jpeg").pk for n in (1, 2))
    assert "elsewhere" not in editor.data()
    assert (
        f'With inside</p><figure data-images="{first}"></figure>'
        f'<figure data-images="{second}"><figcaption>Its caption</figcaption></figure>'
        "<p>After</p>"
    ) in found


@pytest.mark.engines
def test_a_picture_from_the_clipboard_becomes_a_figure(editor):
    editor.paste_files({"image.png": pictures.png()})
    editor.pictures(1)
    found = clean(editor)
    assert found == (
        f'<p>One</p><figure data-images="{Image.objects.get().pk}"></figure><p>Two</p>'
    )


def test_a_picture_pasted_into_a_caption_stands_below_its_figure(editor, make_picture, reporter):
    image = make_picture(by=reporter)
    editor.set_data(f'<figure data-images="{image.pk}"><figcaption>Words</figcaption></figure>')
    editor.captions.first.click()
    editor.page.keyboard.press("End")
    editor.paste(html=f"<b>more</b><img src='{data_url()}'>", plain="more")
    editor.pictures(2)
    new = Image.objects.exclude(pk=image.pk).get().pk
    assert clean(editor) == (
        f'<figure data-images="{image.pk}"><figcaption>Words<strong>more</strong></figcaption>'
        f'</figure><figure data-images="{new}"></figure>'
    )


def test_quotes_dashes_and_spaces_stay_as_pasted(editor):
    editor.paste(plain='"thẳng" – “cong” -- it\'s…')
    assert '<p>One"thẳng" – “cong” -- it\'s…</p>' in clean(editor)


def test_hostile_markup_does_nothing(editor):
    editor.page.evaluate("window.hurt = 0")
    editor.paste(
        html="<p>a<img src=x onerror='hurt=1'><svg onload='hurt=1'></svg>"
        "<a href='javascript:hurt=1'>b</a><iframe srcdoc='<script>parent.hurt=1</script>'></iframe>"
        '<figure data-widget="figures" data-cke-widget-data="%7B%22images%22%3A%22x%5D%22%7D">'
        "<figcaption>c</figcaption></figure></p>",
        plain="a",
    )
    # What would fail to load has failed when a picture that is asked for later has.
    editor.page.evaluate(
        """() => new Promise(done => Object.assign(new Image(), {onerror: done, src: "y"}))"""
    )
    assert editor.page.evaluate("window.hurt") == 0
    assert "javascript" not in clean(editor)
    editor.reports.clear()
