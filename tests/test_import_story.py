"""Story folders become drafts, or stories on the site."""

import zipfile
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.importers.folder import parse
from articles.importers.stories import import_stories
from articles.models import Article, Author
from articles.publishing import saving
from articles.text import Body
from media.models import Image
from tests import pictures

STORY = """<!doctype html><html><head><meta charset="utf-8"><title>Not this</title>
<meta name="section" content="kinh-te"><meta name="genre" content="forum">
<meta name="byline" content="Minh Khuê, Theo Cổng thông tin tỉnh">
<meta name="published" content="2023-03-29T17:05"></head><body>
<h1>Diễn đàn khởi nghiệp</h1>
<p class="lede">VS - Sáng 29/3, tỉnh tổ chức diễn đàn.</p>
<p>Mở đầu &amp; kết thúc.</p>
<figure><img src="mot.jpg" alt="Hội trường" data-credit="Minh Khuê"><figcaption>Chú thích <em>một</em></figcaption></figure>
<h2>Phiên hai</h2>
<figure><img src="hai.jpg" alt=""><img src="ba.jpg"><img src="bon.jpg"><figcaption>Chung một chú thích</figcaption></figure>
<p>Hết.</p>
<nav class="related"><ul><li><a href="https://forum.example/a">Chương trình</a></li>
<li><a href="../khac/">Tin khác</a></li></ul></nav>
</body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dien-dan"
    folder.mkdir()
    (folder / "story.html").write_text(STORY, encoding="utf-8")
    for seed, name in enumerate(("mot", "hai", "ba", "bon"), start=1):
        (folder / f"{name}.jpg").write_bytes(pictures.jpeg((320, 240), seed))
    return folder


def take_in(*paths: Path, **how: object) -> list:
    return list(import_stories(paths, **how))


def test_a_folder_becomes_a_draft_with_its_pictures_and_captions(folder, paper, section, editor):
    Author.objects.create(name="Minh Khuê", slug="minh-khue")

    (outcome,) = take_in(folder, by=editor)

    article = outcome.article
    assert outcome.result == "created"
    assert (article.headline, article.section, article.genre) == (
        "Diễn đàn khởi nghiệp", section, "forum",
    )  # fmt: skip
    assert (article.dateline, article.lede) == ("VS -", "Sáng 29/3, tỉnh tổ chức diễn đàn.")
    assert [row.author.name for row in article.byline_rows.all()] == ["Minh Khuê"]
    assert article.byline == "Theo Cổng thông tin tỉnh"
    assert [(len(f.images), f.caption) for f in Body.read(article.body).figures] == [
        (1, "Chú thích <em>một</em>"),
        (3, "Chung một chú thích"),
    ]
    assert [c.text for c in article.captions.all()] == [
        "Chú thích <em>một</em>", "Chung một chú thích",
    ]  # fmt: skip
    first = Image.objects.get(alt_text="Hội trường")
    assert first.credit == "Minh Khuê"
    assert [(link.url, link.title) for link in article.related_links.all()] == [
        ("https://forum.example/a", "Chương trình")
    ]
    assert not article.publications.exists()


def test_the_same_folder_again_makes_no_double_and_changes_nothing(folder, paper, section, editor):
    take_in(folder, by=editor)
    before = Article.objects.values().get()

    (outcome,) = take_in(folder, by=editor)

    assert outcome.result == "unchanged"
    assert Article.objects.values().get() == before
    assert Image.objects.count() == 4


def test_a_changed_folder_updates_a_draft_that_nobody_has_touched(folder, paper, section, editor):
    take_in(folder, by=editor)
    (folder / "story.html").write_text(STORY.replace("Hết.", "Còn tiếp."), encoding="utf-8")

    (outcome,) = take_in(folder, by=editor)

    assert outcome.result == "updated"
    assert "Còn tiếp." in Article.objects.get().body


def test_a_draft_changed_at_the_desk_is_not_overwritten(folder, paper, section, editor):
    take_in(folder, by=editor)
    article = Article.objects.get()
    article.lede = "Written at the desk"
    saving.save_story(article, by=editor)
    (folder / "story.html").write_text(STORY.replace("Hết.", "Còn tiếp."), encoding="utf-8")

    (outcome,) = take_in(folder, by=editor)

    assert outcome.result == "refused"
    assert "changed in the newsroom" in outcome.sentence
    assert Article.objects.get().lede == "Written at the desk"


def test_publishing_keeps_an_old_date_as_first_published(folder, paper, section, editor):
    (outcome,) = take_in(folder, by=editor, publish=True)

    publication = outcome.article.publications.get()
    assert outcome.published
    assert (
        timezone.localtime(publication.first_published).isoformat() == "2023-03-29T17:05:00+07:00"
    )
    assert publication.live_from > timezone.now()

    (again,) = take_in(folder, by=editor, publish=True)
    assert (again.result, again.published) == ("unchanged", False)


def test_stories_of_one_call_may_link_to_each_other_in_any_order(folder, paper, section, editor):
    other = folder.parent / "khac"
    other.mkdir()
    (other / "story.html").write_text(
        '<meta name="section" content="kinh-te"><h1>Tin khác</h1><p>Nội dung.</p>', encoding="utf-8"
    )

    first, second = take_in(folder, other, by=editor)

    targets = first.article.related_links.values_list("target_id", flat=True)
    assert list(targets) == [None, second.article.pk]
    assert [o.result for o in take_in(folder, other, by=editor)] == ["unchanged", "unchanged"]


def test_links_to_stories_that_are_not_here_are_told_of(folder, paper, section, editor):
    links = "".join(f'<a href="{href}">Tin cũ</a>' for href in ("/kinh-te/tin-cu-999/", "", "d"))
    story = folder / "story.html"
    story.write_text(f"{story.read_text()}<nav class=related>{links}</nav>", encoding="utf-8")

    (outcome,) = take_in(folder, by=editor)

    assert outcome.result == "created"
    assert outcome.sentence.endswith("no story here: ../khac/, /kinh-te/tin-cu-999/, Tin cũ, ….")
    (again,) = take_in(folder, by=editor)
    assert (again.result, again.sentence) == ("unchanged", outcome.sentence)


def test_a_zip_file_is_a_folder(folder, paper, section, editor):
    archive = folder.parent / "dien-dan.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for file in folder.iterdir():
            zipped.write(file, f"inside/{file.name}")

    (outcome,) = take_in(archive, by=editor)

    assert outcome.result == "created"
    assert outcome.article.source_key == "dien-dan"
    assert outcome.article.captions.count() == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("<h1>Diễn đàn khởi nghiệp</h1>", "<h1> </h1>"), "no headline"),
        (("mot.jpg", "khong-co.jpg"), "khong-co.jpg, which is not in the folder"),
        (('content="kinh-te"', 'content="khong-co"'), "names no section"),
        (("2023-03-29T17:05", "2023-02-30"), "is not one like"),
        (("2023-03-29T17:05", "ngày mai"), "is not one like"),
        (("2023-03-29T17:05", "2999-01-01"), "lies ahead"),
    ],
)
def test_a_fault_in_the_folder_is_a_sentence_and_leaves_no_story(
    folder, paper, section, editor, change, sentence
):
    html = STORY.replace("<title>Not this</title>", "").replace(*change)
    (folder / "story.html").write_text(html, encoding="utf-8")

    (outcome,) = take_in(folder, by=editor)

    assert outcome.result == "refused"
    assert sentence in outcome.sentence
    assert not Article.objects.exists()


def test_a_bad_picture_is_named_and_takes_no_other_folder_with_it(folder, paper, section, editor):
    good = folder.parent / "tot"
    good.mkdir()
    (good / "story.html").write_text(
        '<meta name="section" content="kinh-te"><h1>Tốt</h1>', encoding="utf-8"
    )
    (folder / "hai.jpg").write_bytes(b"<html>not a picture</html>")

    results = {o.path.name: o for o in take_in(folder, good, by=editor)}

    assert results["dien-dan"].result == "refused"
    assert "hai.jpg" in results["dien-dan"].sentence
    assert results["tot"].result == "created"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00x", None])
def test_what_is_no_story_folder_is_refused_with_a_sentence(tmp_path, section, editor, content):
    path = tmp_path / "x"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)

    (outcome,) = take_in(path, by=editor)

    assert outcome.result == "refused"
    assert outcome.sentence


def test_pictures_outside_figures_become_figures_and_links_stay_in_the_text():
    story = parse('<h1>A</h1><p>x <img src="a.jpg"> <a href="https://a.example">y</a></p>')

    assert [picture.file for picture in story.pictures] == ["a.jpg"]
    assert story.body.html == (
        '<p>x</p><figure data-images="1"></figure><p><a href="https://a.example">y</a></p>'
    )


def test_figures_in_a_figure_keep_their_own_pictures_and_captions():
    story = parse(
        "<h1>A</h1><figure class=gallery><figure><img src=a.jpg><figcaption>a</figcaption></figure>"
        "<figure><img src=b.jpg><img src=c.jpg><figcaption>b, c</figcaption></figure>"
        "<figcaption>all</figcaption></figure>"
    )

    assert [(figure.images, figure.caption) for figure in story.body.figures] == [
        ((1,), "a"), ((2, 3), "b, c"),
    ]  # fmt: skip
    assert story.body.html.endswith("<p>all</p>")


def test_what_a_browser_does_not_show_brings_no_picture():
    story = parse(
        "<title>A &amp; B</title><template><img src=a.jpg></template><noscript><img src=b.jpg>"
        "</noscript><style>c</style><p>Text<script>d</script>"
    )

    assert (story.headline, story.body.html, story.pictures) == ("A & B", "<p>Text</p>", [])


def test_end_tags_that_one_may_leave_out_lose_nothing():
    story = parse(
        "<h1>One<br>headline</h1><p class=lede>The <b>lede</b><p>Text<nav class=related><ul>"
        "<li><a href=' /a '>First</a><li><a href=/b>Second</a></ul></nav><p>More"
    )

    assert (story.headline, story.lede) == ("One headline", "The lede")
    assert story.body.html == "<p>Text</p><p>More</p>"
    assert story.links == [("/a", "First"), ("/b", "Second")]


def test_a_second_h1_is_a_heading_of_the_text():
    story = parse("<h1>First</h1><h1>Second</h1><p>Text</p>")

    assert (story.headline, story.body.html) == ("First", "<h2>Second</h2><p>Text</p>")


def test_one_picture_twice_in_a_figure_stands_there_once(folder, paper, section, editor):
    html = STORY.replace('<img src="ba.jpg">', '<img src="hai.jpg">')
    (folder / "story.html").write_text(html, encoding="utf-8")

    (outcome,) = take_in(folder, by=editor)

    assert [len(f.images) for f in Body.read(outcome.article.body).figures] == [1, 2]


def test_the_command_says_what_became_of_each_folder(folder, paper, section, managing_editor):
    out = StringIO()

    call_command("import_story", str(folder), "--publish", stdout=out)

    assert out.getvalue() == (
        "dien-dan: created, published. "
        "Related links left out, since they lead to no story here: ../khac/.\n"
    )
    assert Article.objects.get().owner == managing_editor


def test_the_command_fails_with_a_sentence_for_an_unknown_section(folder, managing_editor):
    with pytest.raises(CommandError, match="There is no section khong-co"):
        call_command("import_story", str(folder), "--section", "khong-co")


def test_a_story_may_not_be_published_by_somebody_who_may_not(folder, paper, section, reporter):
    (outcome,) = take_in(folder, by=reporter, publish=True)

    assert outcome.result == "refused"
    assert not outcome.article.publications.exists()


def test_an_import_from_the_future_of_a_slow_clock_is_refused(folder, paper, section, editor):
    early = timezone.now() - timedelta(days=3650)

    (outcome,) = take_in(folder, by=editor, clock=lambda: early)

    assert outcome.result == "refused"


def test_a_video_comes_in_by_its_address_with_its_still(folder, paper, section, editor):
    html = STORY.replace(
        '<figure><img src="mot.jpg"',
        '<figure data-embed="https://youtu.be/dQw4w9WgXcQ"><img src="mot.jpg"',
    )
    (folder / "story.html").write_text(html, encoding="utf-8")

    (outcome,) = take_in(folder, by=editor)

    video = Body.read(outcome.article.body).figures[0]
    assert video.embed == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert len(video.images) == 1


def test_what_its_author_took_out_stays_out_of_an_import_and_it_says_so(
    folder, paper, section, editor
):
    (folder / "story.html").write_text(
        "<meta charset=utf-8><meta name=section content=kinh-te><style>.x{display:none}</style>"
        "<h1>Tin</h1><p>Bị cáo <del cite=x datetime=y>có tội</del><ins cite=x>vô tội</ins>"
        '<i class=x>ẩn</i>. <img src="e.png" alt="😀"></p><ol start=3><li>Ba</ol>'
        "<p><a href='https://a.vn/?utm_source=x&amp;id=1'>tin</a></p>"
        "<iframe src='https://www.youtube.com/embed/dMFO9n_-XyA'></iframe>",
        encoding="utf-8",
    )
    (outcome,) = take_in(folder, by=editor)
    assert outcome.article.body == (
        '<p>Bị cáo vô tội. 😀</p><ol start="3"><li>Ba</li></ol>'
        '<p><a href="https://a.vn/?id=1">tin</a></p>'
        '<figure data-embed="https://www.youtube.com/watch?v=dMFO9n_-XyA"></figure>'
    )
    assert outcome.sentence == ("Left out: text deleted with changes tracked (1), hidden text (1).")
    (outcome,) = take_in(folder, by=editor)
    assert outcome.result == "unchanged"


def word_item(number: str, text: str, level: str = "l0 level1 lfo1") -> str:
    """A numbered paragraph as Word saves it."""
    return (
        f"<p class=MsoListParagraph style='margin-left:36pt;text-indent:-18pt;mso-list:{level}'>"
        f"<![if !supportLists]><span style='mso-list:Ignore'>{number}<span "
        f"style='font:7pt \"Times New Roman\"'>&nbsp;&nbsp;</span></span><![endif]>{text}<o:p></o:p></p>"
    )


@pytest.mark.parametrize(
    ("saved", "body"),
    [
        (
            "<p class=MsoNormal>Tòa <del cite='mailto:a' datetime='2026-02-01'>bác</del><ins "
            "cite='mailto:a' datetime='2026-02-01'>chấp nhận</ins> đơn.<o:p></o:p></p>",
            "<p>Tòa chấp nhận đơn.</p>",
        ),
        (
            "<p class=MsoNormal>Giá tăng<span class=MsoCommentReference><![if !supportAnnotations]>"
            "<a class=msocomanchor id='_anchor_1' href='#_msocom_1'>[B2]</a><![endif]></span> mạnh."
            "</p><div style='mso-element:comment-list'><div style='mso-element:comment'><p>Hỏi lại "
            "Sở</p></div></div>",
            "<p>Giá tăng mạnh.</p>",
        ),
        (
            word_item("Điều 7.", "Phạt tiền") + word_item("Điều 8.", "Thi hành"),
            "<p>Điều 7. Phạt tiền</p><p>Điều 8. Thi hành</p>",
        ),
        (
            word_item("2.", "Hai") + "<p class=MsoNormal>Xen.</p>" + word_item("3.", "Ba"),
            '<ol start="2"><li>Hai</li></ol><p>Xen.</p><ol start="3"><li>Ba</li></ol>',
        ),
        (
            "<span style='white-space: pre-wrap; color: red'>Sáng nay\nhọp\n\nChiều nghỉ</span>",
            "<p>Sáng nay<br>họp</p><p>Chiều nghỉ</p>",
        ),
    ],
    ids=["deleted", "remark", "articles", "goes on", "lines"],
)
def test_what_an_office_saved_comes_in_as_its_author_saw_it(
    tmp_path, paper, section, editor, saved, body
):
    html = f"<meta charset=utf-8><meta name=section content=kinh-te><h1>Tin</h1>{saved}"
    path = tmp_path / "tin"
    path.mkdir()
    (path / "story.html").write_text(html, encoding="utf-8")

    (outcome,) = take_in(path, by=editor)

    assert outcome.article.body == body


def test_six_letters_of_a_list_come_in_as_six_letters(tmp_path, paper, section, editor):
    letters = ["a)", "b)", "c)", "d)", "đ)", "e)"]
    path = tmp_path / "tin"
    path.mkdir()
    (path / "story.html").write_text(
        "<meta charset=utf-8><meta name=section content=kinh-te><h1>Tin</h1>"
        + "".join(word_item(letter, f"Khoản {letter}") for letter in letters),
        encoding="utf-8",
    )

    (outcome,) = take_in(path, by=editor)

    text = Body.read(outcome.article.body).plain_text()
    assert text.splitlines() == [f"{letter} Khoản {letter}" for letter in letters]


def test_headlines_without_latin_letters_have_addresses_of_their_own(
    tmp_path, paper, section, editor
):
    headlines = ["新闻", "体育", "ព័ត៌មាន", "Новости", "أخبار"]
    for number, headline in enumerate(headlines):
        path = tmp_path / str(number)
        path.mkdir()
        (path / "story.html").write_text(
            f"<meta charset=utf-8><meta name=section content=kinh-te><h1>{headline}</h1>",
            encoding="utf-8",
        )

    outcomes = take_in(*sorted(tmp_path.iterdir()), by=editor, publish=True)

    assert [outcome.article.headline for outcome in outcomes] == headlines
    addresses = {outcome.article.publications.get().get_absolute_url() for outcome in outcomes}
    assert len(addresses) == len(headlines)
