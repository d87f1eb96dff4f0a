"""The example paper: its story folders, its plan and its pictures fit together."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from articles.importers import folder
from articles.models import Article, Genre
from example import plan
from example.drawings import NORMAL, PICTURES, draw

ROOT = Path(folder.__file__).resolve().parents[2] / "example" / "stories"
PARAGRAPH = re.compile(r"<(p|li|td|figcaption)>(.*?)</\1>", re.DOTALL)


def parsed(file: Path) -> folder.Story:
    return folder.parse(file.read_text(encoding="utf-8"))


STORIES = {path.name: parsed(path / "story.html") for path in sorted(ROOT.iterdir())}
EVERY = [parsed(file) for file in sorted(ROOT.glob("*/*.html"))]
SECTIONS = {section.slug: section for section in plan.SECTIONS}
ENTRIES = {entry.folder: entry for entry in plan.STORIES}


def words(story: folder.Story) -> int:
    return len(f"{story.lede} {story.body.plain_text()}".split())


def figures(story: folder.Story) -> list[tuple[int, str]]:
    """How many pictures each figure has, and its caption."""
    return [(len(figure.images), figure.plain_caption) for figure in story.body.figures]


def test_every_story_has_a_headline_a_lede_and_text() -> None:
    for name, story in STORIES.items():
        assert story.headline, name
        assert story.lede, name
        assert words(story) >= 80, name


def test_every_field_fits_the_database() -> None:
    longest = Article._meta.get_field("headline").max_length
    for story in EVERY:
        assert len(story.headline) <= longest
        assert story.meta["genre"] in Genre.values


def test_every_story_lies_in_a_section_of_the_plan_and_every_section_has_one() -> None:
    used = Counter(story.meta["section"] for story in STORIES.values())
    assert set(used) == set(SECTIONS)
    assert used["y-te"] == 1


def test_there_are_six_main_sections_and_three_parts() -> None:
    main = {section.slug for section in plan.SECTIONS if section.parent is None}
    parts = [section.parent for section in plan.SECTIONS if section.parent is not None]
    assert len(main) == 6
    assert len(parts) == 3
    assert set(parts) <= main


def test_every_picture_can_be_drawn_and_none_is_drawn_for_nothing() -> None:
    named = {picture.file for story in EVERY for picture in story.pictures}
    assert named == set(PICTURES)


def test_every_picture_has_a_credit_and_the_same_alt_text_wherever_it_stands() -> None:
    words_of = defaultdict(set)
    for story in EVERY:
        for picture in story.pictures:
            words_of[picture.file].add((picture.alt_text, picture.credit))
    for file, said in words_of.items():
        assert len(said) == 1, file
        assert all(next(iter(said))), file


def test_every_figure_has_a_caption() -> None:
    assert all(caption for story in EVERY for _, caption in figures(story))


def test_two_live_stories_have_no_picture() -> None:
    bare = [name for name, story in STORIES.items() if not story.pictures]
    assert len(bare) == 2
    assert all(isinstance(ENTRIES[name].published, int | float) for name in bare)


def test_one_headline_is_very_long() -> None:
    assert max(len(story.headline) for story in STORIES.values()) >= 165


def test_related_links_lead_to_other_folders_or_to_made_up_sites() -> None:
    for name, story in STORIES.items():
        for href, title in story.links:
            assert title, name
            if href.startswith("https://"):
                assert re.match(r"https://[a-z.]+\.example/", href), href
            else:
                target = href.removeprefix("../").removesuffix("/")
                assert title == STORIES[target].headline
                assert target != name


def test_the_forum_report_has_the_shape_that_the_design_describes() -> None:
    report = STORIES["01-dien-dan-thuan-con-nuoc"]
    assert report.meta["dateline"] == plan.PAPER["mark"].strip()
    assert [count for count, _ in figures(report)] == [1, 1, 1, 1, 3]
    assert len({caption for _, caption in figures(report)}) == 5
    assert report.body.html.endswith("</figure>")
    assert 8 <= report.body.html.count("<p>") <= 11
    assert 850 <= words(report) <= 1150
    assert len(report.links) == 3


def test_pictures_of_the_forum_report_stand_between_its_paragraphs() -> None:
    report = STORIES["01-dien-dan-thuan-con-nuoc"]
    assert not re.search("</figure><figure", report.body.html)


def test_no_paragraph_stands_in_two_stories() -> None:
    said = Counter()
    for story in STORIES.values():
        said[story.lede] += 1
        said.update(
            text
            for tag, text in PARAGRAPH.findall(story.body.html)
            if tag != "td" and len(text) > 20
        )
    assert [text for text, count in said.items() if count > 1] == []


def test_at_least_eleven_stories_are_written_at_length() -> None:
    assert sum(words(story) >= 250 for story in STORIES.values()) >= 11


def test_every_genre_is_there() -> None:
    assert {story.meta["genre"] for story in STORIES.values()} == set(Genre.values)


def test_every_author_has_written_and_some_bylines_are_free_text() -> None:
    bylines = [story.meta["byline"] for story in STORIES.values()]
    names = {name.strip() for byline in bylines for name in byline.split(",")}
    authors = {author.name for author in plan.AUTHORS}
    assert authors <= names
    assert 2 <= len(names - authors) <= 6
    assert len({author.slug for author in plan.AUTHORS}) == len(plan.AUTHORS)


def test_every_folder_has_one_place_in_the_plan() -> None:
    assert len(ENTRIES) == len(plan.STORIES)
    assert set(ENTRIES) == set(STORIES)


def test_the_plan_has_a_story_of_each_kind() -> None:
    ahead = [entry for entry in plan.STORIES if isinstance(entry.published, plan.Ahead)]
    waiting = Counter(entry.stage for entry in plan.STORIES if entry.published is None)
    live = [
        entry
        for entry in plan.STORIES
        if isinstance(entry.published, int | float) and entry.withdrawn is None
    ]
    assert len(ahead) == 3
    assert waiting == {"draft": 3, "submitted": 2}
    assert len(live) >= 34
    assert sum(entry.withdrawn is not None for entry in plan.STORIES) == 1
    assert [entry.change.kind for entry in live if entry.change] == ["update", "correction"]


def test_the_paper_has_run_for_a_month_and_most_of_it_is_fresh() -> None:
    hours = [entry.published for entry in plan.STORIES if isinstance(entry.published, int | float)]
    assert len(set(hours)) == len(hours)
    assert 0 < min(hours) < 3
    assert 400 < max(hours) < 31 * 24
    assert sum(hour <= 72 for hour in hours) >= 20


def test_what_followed_a_publication_came_after_it() -> None:
    for entry in plan.STORIES:
        assert entry.withdrawn is None or entry.withdrawn < entry.published
        if entry.change and not isinstance(entry.change.when, plan.Ahead):
            assert entry.change.when < entry.published


@pytest.mark.parametrize("entry", [entry for entry in plan.STORIES if entry.change])
def test_a_changed_text_differs_from_the_first_one(entry: plan.Entry) -> None:
    first, changed = STORIES[entry.folder], parsed(ROOT / entry.folder / entry.change.file)
    assert (changed.lede, changed.body) != (first.lede, first.body)
    assert changed.meta["section"] == first.meta["section"]
    assert changed.pictures == first.pictures
    assert changed.links == first.links
    assert entry.change.note


def test_the_correction_says_what_was_wrong_and_what_is_right() -> None:
    note = next(entry.change.note for entry in plan.STORIES if entry.withdrawn is None
                and entry.change and entry.change.kind == "correction")  # fmt: skip
    assert note
    # The heading over it says that it is one.
    assert "Đính chính" not in note


def test_a_picture_is_the_same_at_every_drawing() -> None:
    picture = draw("dien-dan-hoi-truong.jpg")
    assert (picture.mode, picture.size) == ("RGB", NORMAL)
    assert picture.tobytes() == draw("dien-dan-hoi-truong.jpg").tobytes()


def test_a_name_that_no_story_uses_is_refused() -> None:
    with pytest.raises(KeyError):
        draw("khong-co.jpg")
