"""Opening and saving an untouched story changes no byte of its body."""

import random

import pytest

from articles.text import Body, clean_html
from tests.editor_page import Editor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.editor_page"),
]

# Any order of these is a body once it has been cleaned.
TAGS = """
    <p> </p> <h2> </h2> <h3> </h3> <ul><li> <ol><li> <li> </li></ul> </ol> <blockquote><p>
    <ol|start="3"><li> <ol|type="a"><li> <ol|start="9"|type="I"><li> <li|value="7">
    <s> </s> <sup> </sup> <sub> </sub>
    </blockquote> <strong> </strong> <em> </em> <a|href="https://example.com/?a=1&amp;b=%20">
    <a|href="/kinh-te/tin-12"> <a|href="mailto:toa.soan@example.com"> </a> <br> <table><tr><td>
    <table><thead><tr><th> </thead><tr><td> <td> <td|colspan="2"> <tr><th> </table>
    <figure|data-images="7"><figcaption> <figure|data-images="12|15|13"><figcaption>
    <figure|data-images="8|9"></figure> </figcaption></figure> </figure>
    <figure|data-embed="https://youtu.be/dMFO9n_-XyA"><figcaption>
    <figure|data-images="7"|data-embed="https://vimeo.com/76979871"></figure>
"""
WORDS = """
    Thứ|Tư 29/3/2023 Đông|Hà &nbsp; | 10|&lt;|12 A|&amp;|B "ngoặc|kép" “nháy|cong” it's|— –|… &amp;nbsp;
    &amp;lt; x&nbsp;y 😀 {{|x|}} a=b # Ghe,|thuyền e\u0301 \u2009
"""
PIECES = [piece.replace("|", " ") for piece in (*TAGS.split(), *WORDS.split(" "))]


def body_of(seed: int) -> str:
    """A random body, as the cleaner leaves it."""
    rng = random.Random(seed)
    return clean_html("".join(rng.choices(PIECES, k=rng.randint(5, 60))))


def test_any_clean_body_comes_back_to_the_byte(open_page, reporter):
    editor = Editor(open_page(user=reporter))
    bodies = [body_of(seed) for seed in range(300)]
    # Bodies are taken in one by one, so that nothing of one can mend another.
    returned = editor.page.evaluate(
        """async bodies => {
            const editor = CKEDITOR.instances.id_body;
            const back = [];
            for (const body of bodies) {
                await new Promise(done => editor.setData(body, {callback: done}));
                back.push(editor.getData());
            }
            return back;
        }""",
        bodies,
    )
    changed = [pair for pair in zip(bodies, returned, strict=True) if pair[0] != pair[1]]
    assert changed == []


def test_a_body_of_every_kind_is_sent_as_it_came(open_page, reporter, make_picture):
    images = [make_picture(by=reporter) for _n in range(3)]
    body = clean_html(
        f'<p>Một <strong>hai <em>ba</em></strong> <a href="https://example.com/?a=1&amp;b=2">bốn</a>'
        f'</p><figure data-images="{images[0].pk}"><figcaption>Chú thích <em>nghiêng</em>'
        f"</figcaption></figure><figure data-images="
        f'"{images[2].pk} {images[1].pk}"></figure><h2>Đề mục</h2><p>"Thẳng" – “cong”, it\'s…</p>'
        f"<ul><li>a<ol><li>b</li></ol></li></ul><blockquote><p>c</p></blockquote>"
        f'<ol start="3" type="a"><li>x<sup>n</sup></li><li><s>y</s><sub>i</sub></li></ol>'
        f"<table><thead><tr><th>d</th></tr></thead><tbody><tr><td>e<br>f</td></tr></tbody></table>"
    )
    editor = Editor(open_page(user=reporter), body)
    editor.figures.locator("img").nth(2).wait_for()
    sent = editor.save()
    assert sent["body"] == body
    assert sent["lead_image"] == ""
    assert editor.reports == []


def test_what_is_no_story_text_loses_its_markup(open_page, reporter):
    editor = Editor(open_page(user=reporter))
    for html, clean in [
        ('<figure data-images="5 javascript:alert(1)"><figcaption>x</figcaption></figure>', "x"),
        ('<figure data-images=""></figure>', ""),
        ('<figure data-embed="https://evil.vn/"><figcaption>x</figcaption></figure>', "x"),
        ('<p onclick="x()">a</p><script>b</script>', "a"),
        ('<p><img src="/uploads/x.jpg" onerror="x()">a</p>', "a"),
    ]:
        assert Body.cleaned(editor.set_data(html)).plain_text() == clean
        assert "<figure" not in editor.data()
    assert editor.reports == []
