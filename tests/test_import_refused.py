"""A folder that cannot come in is one sentence, stops no other, and takes no memory."""

import os
import struct
import tracemalloc
import unicodedata
import zipfile
from html import escape
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importers import folder as folders
from articles.models import Article
from articles.publishing import saving
from media.models import Image
from tests import desk
from tests.story_folders import HEAD, folder, photo, take_in, zipped

MEGABYTE = 1_000_000


def good(place: Path) -> Path:
    return folder(place, HEAD)


def empty(place: Path) -> Path:
    place.mkdir()
    return place


def damaged(place: Path) -> Path:
    path = zipped(place.with_suffix(".zip"), HEAD + "<p>x</p>" * 999, {"1.jpg": photo()})
    data = bytearray(path.read_bytes())
    data[60:120] = os.urandom(60)
    path.write_bytes(data)
    return path


def cut_short(place: Path) -> Path:
    path = zipped(place.with_suffix(".zip"), HEAD)
    path.write_bytes(path.read_bytes()[:-30])
    return path


def unreadable(place: Path) -> Path:
    path = folder(place, HEAD)
    (path / "story.html").unlink()
    # Nobody can read this, not even who runs the tests as root.
    (path / "story.html").symlink_to("/proc/self/mem")
    return path


def locked(place: Path) -> Path:
    path = zipped(place.with_suffix(".zip"), HEAD)
    data = path.read_bytes()
    # The flag of what is encrypted, in both headers.
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data = data[:at] + struct.pack("<H", 1) + data[at + 2 :]
    path.write_bytes(data)
    return path


def unusual(place: Path) -> Path:
    path = place.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("story.html", HEAD)
    return path


def link(href: str, title: str = "Xem") -> str:
    return f'{HEAD}<nav class="related"><a href="{href}">{title}</a></nav>'


def meta(name: str, content: str) -> str:
    return HEAD + f'<meta name="{name}" content="{content}">'


def shown(html: str):
    def made(place: Path) -> Path:
        return folder(place, html, {"1.jpg": photo()})

    return made


BAD = {
    "not there": lambda place: place,
    "no story": empty,
    "damaged": damaged,
    "cut short": cut_short,
    "unreadable": unreadable,
    "locked": locked,
    "unusual": unusual,
    "the year 1": shown(meta("published", "0001-01-01")),
    "the year 1 of a clock": shown(meta("published", "0001-01-01T00:00:00+07:00")),
    "the year 9999": shown(meta("published", "9999-12-31T23:59:59-11:00")),
    "the year 9999 by our clocks": shown(meta("published", "9999-12-31")),
    "no address": shown(link("http://[::1")),
    "no address either": shown(link("https://[x]/")),
    "no port": shown(link("http://a.example:99999999/")),
    "a mailbox": shown(link("mailto:an@a.example")),
    "a name for a login": shown(link("https://an:secret@a.example/")),
    "a long address": shown(link(f"https://a.example/{'x' * 500}")),
    "a long title": shown(link("https://a.example/", "x" * 301)),
    "many links": shown(link("https://a.example/", "</a>".join(
        f'<a href="https://a.example/{n}">x' for n in range(32)))),
    "a long headline": shown(HEAD.replace("Tin", "Tin " * 80)),
    "a headline that nobody sees": shown(HEAD.replace("Tin", "\u200b\u00ad")),
    "a long lede": shown(f'{HEAD}<p class="lede">{"x" * 2001}</p>'),
    "a long mark": shown(meta("dateline", "X" * 61)),
    "a long byline": shown(meta("byline", "An Bình Chi " * 20)),
    "a long text": shown(f"{HEAD}<p>{'Chữ ' * 500_000}</p>"),
    "a long caption": shown(
        f"{HEAD}<figure><img src=1.jpg><figcaption>{'Chữ ' * 500_000}</figcaption></figure>"),
    "many pieces": shown(HEAD + "<p>x" * 26_000),
    "a long alt text": shown(f'{HEAD}<img src="1.jpg" alt="{"x" * 251}">'),
    "a long credit": shown(f'{HEAD}<img src="1.jpg" data-credit="{"x" * 251}">'),
    "no picture": shown(f'{HEAD}<img src="2.jpg">'),
    "a picture without a name": shown(f"{HEAD}<img>"),
    "a picture within the text": shown(f'{HEAD}<img src="data:image/png;base64,{"A" * 9000}">'),
    "many pictures": shown(HEAD + '<img src="1.jpg">' * 301),
}  # fmt: skip


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_a_bad_folder_is_one_sentence_and_stops_no_other(
    tmp_path, paper, section, editor, caplog, make
):
    paths = [good(tmp_path / "mot"), make(tmp_path / "bad"), good(tmp_path / "hai")]

    outcomes = {outcome.path: outcome for outcome in take_in(*paths, by=editor)}

    assert [outcomes[path].result for path in paths] == ["created", "refused", "created"]
    sentence = outcomes[paths[1]].sentence
    assert sentence
    assert len(sentence) < 400
    # Nothing that was not foreseen.
    assert "could not be taken in" not in sentence
    assert not caplog.records
    assert Article.objects.count() == 2
    assert not Image.objects.exists()


def test_a_zip_file_that_did_not_arrive_whole_is_called_so(tmp_path, paper, section, editor):
    half = zipped(tmp_path / "half.zip", HEAD + "<p>x</p>" * 99, {"1.jpg": photo()})
    half.write_bytes(half.read_bytes()[:400])
    nothing = tmp_path / "nothing.ZIP"
    nothing.touch()
    text = tmp_path / "letter.zip"
    text.write_text("no zip file")
    said = [outcome.sentence for outcome in take_in(half, nothing, text, by=editor)]
    assert [sentence.split(" is ")[0] for sentence in said] == [
        p.name for p in (half, nothing, text)
    ]
    assert ["not whole" in sentence for sentence in said] == [True, True, False]


def test_what_nobody_foresaw_is_a_sentence_too(
    tmp_path, paper, section, editor, monkeypatch, caplog
):
    real = saving.save_story

    def falling(article, **how):
        if article.source_key == "bad":
            raise ZeroDivisionError("nobody knew")
        return real(article, **how)

    monkeypatch.setattr(saving, "save_story", falling)
    paths = [good(tmp_path / name) for name in ("mot", "bad", "hai")]

    outcomes = {outcome.path.name: outcome for outcome in take_in(*paths, by=editor)}

    assert outcomes["bad"].sentence == "It could not be taken in: nobody knew"
    assert {outcomes["mot"].result, outcomes["hai"].result} == {"created"}
    assert "ZeroDivisionError" in caplog.text


def test_the_command_counts_what_came_in_and_what_did_not(
    tmp_path, paper, section, managing_editor
):
    paths = [good(tmp_path / "mot"), damaged(tmp_path / "bad"), good(tmp_path / "hai")]
    out = StringIO()

    with pytest.raises(CommandError, match="^2 came in, 1 did not: ") as failed:
        call_command("import_story", *map(str, paths), stdout=out)

    assert failed.value.returncode == 1
    assert len(out.getvalue().splitlines()) == 3
    assert Article.objects.count() == 2


def test_a_name_that_is_no_text_is_told_all_the_same(tmp_path, paper, section, managing_editor):
    try:
        path = folder(tmp_path / "b\udce3o", HEAD)
    except OSError:
        return  # This disk takes no such names.
    out = StringIO()

    call_command("import_story", str(path), stdout=out)

    assert out.getvalue().encode() == b"bo: created\n"
    assert Article.objects.get().source_key == "b?o"


def test_two_folders_of_one_name_do_not_become_one_story(tmp_path, paper, section, editor):
    first = folder(tmp_path / "1" / "tin", HEAD.replace("Tin", "Một"))
    second = folder(tmp_path / "2" / "tin", HEAD.replace("Tin", "Hai"))

    outcomes = {outcome.path: outcome for outcome in take_in(first, second, by=editor)}

    assert (outcomes[first].result, outcomes[second].result) == ("created", "refused")
    assert "Another folder named tin" in outcomes[second].sentence
    assert Article.objects.get().headline == "Một"


# What a form just takes

FULL = (
    f'<!doctype html><meta charset="utf-8"><meta name="section" content="kinh-te">'
    f'<meta name="dateline" content="{"X" * 58} -"><meta name="byline" content="{"n" * 200}">'
    f'<meta name="published" content="1900-01-01">'
    f'<h1>{"Đ" * 300}</h1><p class="lede">{"ế" * 2000}</p>'
    f'<p>{"x" * 1_999_000}</p><img src="1.jpg" alt="{"â" * 250}" data-credit="{"ư" * 250}">'
    f'<nav class="related"><a href="https://a.example/{"x" * 482}">{"ô" * 300}</a></nav>'
)  # fmt: skip


def test_what_the_form_just_takes_comes_in_whole(tmp_path, paper, section, editor, client):
    path = folder(tmp_path / "tin", FULL, {"1.jpg": photo()})

    (outcome,) = take_in(path, by=editor, publish=True)

    assert outcome.result == "created"
    article = Article.objects.get()
    assert len(article.headline) == 300
    assert (len(article.lede), len(article.byline), len(article.dateline)) == (2000, 200, 60)
    assert len(article.body) > 1_999_000
    assert article.related_links.get().title == "ô" * 300
    assert Image.objects.get().alt_text == "â" * 250
    assert outcome.published
    assert desk.save(desk.log_in(client, editor), article).status_code == 302


# What a zip may cost


def peak(path: Path) -> tuple[str, int]:
    """The sentence with which a zip is refused, and the most memory that it took."""
    tracemalloc.start()
    try:
        found = folders.read(path)
        for file in found.files.values():
            file.read()
        sentence = ""
    except folders.ImportRefused as refused:
        sentence = str(refused)
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return sentence, most


def test_of_a_zip_only_what_its_story_shows_is_unpacked(tmp_path):
    files = {f"{n}.bin": bytes(60 * MEGABYTE) for n in range(5)} | {"1.jpg": photo()}
    path = zipped(tmp_path / "a.zip", f'{HEAD}<img src="1.jpg">', files)

    sentence, most = peak(path)

    assert sentence == ""
    assert most < 5 * MEGABYTE


@pytest.mark.parametrize(
    ("html", "files", "sentence"),
    [
        (
            HEAD + " " * 6 * MEGABYTE,
            {},
            "The file story.html is too large: at most 5 MB are taken.",
        ),
        (
            f'{HEAD}<img src="0.jpg">',
            {"0.jpg": bytes(41 * MEGABYTE)},
            "The file 0.jpg is too large",
        ),
        (
            HEAD + "".join(f'<img src="{n}.jpg">' for n in range(13)),
            {f"{n}.jpg": bytes(40 * MEGABYTE) for n in range(13)},
            "Its pictures have more than 500 MB together",
        ),
    ],
    ids=["story", "picture", "all"],
)
def test_too_much_for_one_file_or_for_all_is_refused_before_it_is_unpacked(
    tmp_path, html, files, sentence
):
    refused, most = peak(zipped(tmp_path / "a.zip", html, files))

    assert sentence in refused
    assert most < 5 * MEGABYTE


@pytest.mark.parametrize("told", [10, 30 * MEGABYTE, 2**32 - 2])
@pytest.mark.parametrize("name", ["story.html", "0.jpg"])
def test_a_zip_that_lies_about_its_sizes_takes_no_more(tmp_path, told, name):
    html = f'{HEAD}<img src="0.jpg">' + (" " * 100 * MEGABYTE if name == "story.html" else "")
    path = zipped(tmp_path / "a.zip", html, {"0.jpg": bytes(200 * MEGABYTE)})
    data = path.read_bytes()
    for signature, sizes, names in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = data.index(signature)
        while data[at + names : at + names + len(name)] != name.encode():
            at = data.index(signature, at + 1)
        data = data[: at + sizes] + struct.pack("<L", told) + data[at + sizes + 4 :]
    path.write_bytes(data)

    sentence, most = peak(path)

    assert sentence
    assert most < 150 * MEGABYTE


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_cannot_be_unpacked_piece_by_piece_is_not_unpacked(tmp_path, method):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("story.html", HEAD + " " * 50 * MEGABYTE)
    data = path.read_bytes().replace(struct.pack("<L", 50 * MEGABYTE + len(HEAD)), b"\x10\0\0\0")
    path.write_bytes(data)

    sentence, most = peak(path)

    assert sentence
    assert most < 5 * MEGABYTE


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_zip_with_any_bytes_spoilt_is_read_or_refused_with_a_sentence(tmp_path, data):
    path = tmp_path / "a.zip"
    spoilt = bytearray(
        zipped(path, f'{HEAD}<img src="1.jpg">', {"1.jpg": b"abc" * 50}).read_bytes()
    )
    for place, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(spoilt) - 1), st.integers(0, 255)), max_size=6)
    ):
        spoilt[place] = byte
    path.write_bytes(spoilt)

    sentence, most = peak(path)

    assert unicodedata.is_normalized("NFC", sentence)
    assert most < 50 * MEGABYTE


# What came in can be opened and saved at the desk

TEXT = st.text(
    st.sampled_from("aĐế \u0301\u200b\u3164<>&\"'-–()XYZ,.:/@[]%\\\u00a0😀新\x00\n"),
    max_size=30,
).flatmap(lambda text: st.sampled_from([text, text, text * 20]))
ADDRESSES = st.one_of(
    TEXT, TEXT.map("https://a.example/{}".format), TEXT.map("http://{}".format), TEXT.map("//{}".format)
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    st.fixed_dictionaries(dict.fromkeys(("h1", "lede", "dateline", "byline", "body"), TEXT)),
    st.lists(st.tuples(ADDRESSES, TEXT), max_size=2),
)
def test_what_comes_in_can_be_saved_at_the_desk_and_the_rest_is_a_sentence(
    tmp_path_factory, paper, section, editor, client, caplog, words, links
):
    escaped = {name: escape(text) for name, text in words.items()}
    related = "".join(f'<a href="{escape(href)}">{escape(title)}</a>' for href, title in links)
    text = (
        f'<meta charset=utf-8><meta name=section content=kinh-te><h1>{escaped["h1"]}</h1>'
        f'<meta name=dateline content="{escaped["dateline"]}">'
        f'<meta name=byline content="{escaped["byline"]}">'
        f'<p class=lede>{escaped["lede"]}</p><p>{escaped["body"]}</p>'
        f'<nav class=related>{related}</nav>'
    )  # fmt: skip
    path = tmp_path_factory.mktemp("any") / "tin"
    path.mkdir()
    (path / "story.html").write_bytes(text.encode())
    Article.objects.all().delete()

    (outcome,) = take_in(path, by=editor)

    assert not caplog.records
    if outcome.result == "refused":
        assert outcome.sentence
        return
    desk.log_in(client, editor)
    before = Article.objects.values("headline", "dateline", "lede", "byline", "body").get()
    response = desk.save(client, outcome.article)
    assert response.status_code == 302, desk.errors(response)
    assert before == Article.objects.values(*before).get()
