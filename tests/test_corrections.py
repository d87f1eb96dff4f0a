"""What the paper corrects stands on the story, and by date on a page of its own."""

from datetime import timedelta

import pytest
from django.test import Client

from articles.models import Paper
from articles.publishing import saving, workflow
from articles.site import pages
from tests import desk
from tests.site_pages import address

WRONG = "Nội dung đã đăng"
RIGHT = "Nội dung đúng"


@pytest.fixture
def at_desk(editor) -> Client:
    return desk.log_in(Client(), editor)


def corrected_page(at, before=None) -> str:
    return pages.corrections(at=at, before=before).html()


def test_corrections_stand_by_date_with_the_story_as_it_is_called_now(
    client, corrected, make_story, publish_at, now
):
    other = make_story("Eleven boats")
    publish_at(other, now - timedelta(days=9))
    other.headline = "Twelve boats"
    saving.save_story(other, by=other.owner)
    publish_at(other, now - timedelta(days=3), kind="correction", note="Twelve, not eleven.")

    page = client.get("/corrections/").content.decode()
    notes = [row.note for row in corrected.publications.filter(kind="correction")]
    assert all(note in page for note in notes)
    assert page.index(notes[-1]) < page.index("Twelve, not eleven.")
    assert f'<a href="{address(other)}">Twelve boats</a>' in page
    assert "Eleven boats" not in page
    assert page.count("<h2>") == 2
    assert 'href="/corrections/"' in client.get("/").content.decode()


def test_what_readers_do_not_have_is_not_named(client, corrected, managing_editor, now):
    plan = workflow.publish(
        corrected, by=managing_editor, at=now + timedelta(days=1), kind="correction", note="Later."
    )
    assert "Later." not in corrected_page(now)
    assert "Later." in corrected_page(plan.live_from)
    workflow.withdraw(corrected, by=managing_editor)
    assert "Báo chưa phải đính chính" in corrected_page(now + timedelta(seconds=5))


def test_a_long_list_goes_on_page_by_page(client, make_story, publish_at, now):
    story = make_story("Boats")
    publish_at(story, now - timedelta(days=99))
    for days in range(45, 0, -1):
        story.lede = f"Lede {days}"
        saving.save_story(story, by=story.owner)
        publish_at(story, now - timedelta(days=days), kind="correction", note=f"Note {days}.")
    seen, before = [], None
    for _ in range(3):
        page = pages.corrections(at=now, before=before)
        seen += [row.note for row, _story in page.context["corrections"]]
        before = page.context["older"]
    assert seen == [f"Note {days}." for days in range(1, 46)]
    assert not before
    assert client.get("/corrections/?before=x").status_code == 404


def test_it_asks_the_database_little(corrected, now, django_assert_num_queries):
    with django_assert_num_queries(4):
        corrected_page(now)


# The legal form


def apologise(client: Client, story, **parts: str):
    labels = Paper.load().apology_labels
    typed = {f"part_{labels.index(label)}": words for label, words in parts.items()}
    return desk.confirm(client, desk.page("publish", story.pk), kind="apology", **typed)


def test_a_correction_and_apology_has_the_papers_title_and_parts(
    at_desk, client, published, editor, paper, now
):
    paper.apology_title = "Cải chính, xin lỗi bạn đọc"
    paper.apology_parts = f"{WRONG}\n{RIGHT}"
    paper.save()
    published.lede = "Ten boats."
    saving.save_story(published, by=editor)

    refused = apologise(at_desk, published, **{WRONG: "Mười một chiếc"})
    assert f"Fill in “{RIGHT}”." in desk.text(refused)
    assert published.publications.count() == 1

    done = apologise(at_desk, published, **{WRONG: "Mười một chiếc", RIGHT: "Mười chiếc <nhỏ>"})
    assert done.status_code == 302
    row = published.publications.get(number=2)
    assert (row.kind, row.note) == (
        "apology",
        f"{WRONG}: Mười một chiếc\n{RIGHT}: Mười chiếc <nhỏ>",
    )
    at = row.live_from
    section = row.section.slug
    page = pages.story(section, row.slug, published.pk, at=at).html()
    assert '<h2 id="corrections">Cải chính, xin lỗi bạn đọc</h2>' in page
    assert f"{WRONG}: Mười một chiếc<br>{RIGHT}: Mười chiếc &lt;nhỏ&gt;" in page
    assert "<strong>Cải chính, xin lỗi bạn đọc.</strong>" in corrected_page(at)


def test_what_is_planned_comes_back_part_by_part_when_it_is_changed(
    at_desk, published, editor, now
):
    labels = Paper.load().apology_labels
    note = "\n".join(f"{label}: {label} của bài" for label in labels)
    published.lede = "Ten boats."
    saving.save_story(published, by=editor)
    plan = workflow.publish(
        published, by=editor, at=now + timedelta(days=1), kind="apology", note=note
    )
    address = desk.page("version", published.pk, plan.number)
    asked = at_desk.post(
        address, desk.filled(at_desk.get(address), _on="1", headline="Boats, again")
    )
    fields = desk.fields(asked, "data-asking")
    assert fields["kind"] == ["apology"]
    assert fields["part_1"] == [f"{labels[1]} của bài"]
    at_desk.post(address, fields)
    changed = published.publications.latest("number")
    assert (changed.headline, changed.kind, changed.note) == ("Boats, again", "apology", note)


def test_the_paper_without_parts_asks_for_one_text(at_desk, published, editor, paper):
    paper.apology_parts = ""
    paper.save()
    published.lede = "Ten boats."
    saving.save_story(published, by=editor)
    asked = desk.ask(at_desk, desk.page("publish", published.pk), kind="apology")
    assert "A correction needs its text" in desk.text(asked)
    desk.confirm(at_desk, desk.page("publish", published.pk), kind="apology", note="Xin lỗi.")
    assert published.publications.get(number=2).note == "Xin lỗi."


@pytest.mark.parametrize(
    ("typed", "kept"), [("A\n\n A \nB", "A\nB"), ("", ""), ("\n".join("ABCDEFGHI"), None)]
)
def test_the_papers_parts_are_checked(managing_editor, paper, typed, kept):
    client = desk.log_in(Client(), managing_editor)
    page = client.get("/admin/articles/paper/1/change/")
    answer = client.post(
        "/admin/articles/paper/1/change/",
        desk.fields(page, "paper_form") | {"apology_parts": typed, "_save": "1"},
    )
    paper.refresh_from_db()
    if kept is None:
        assert "At most 8 parts" in desk.text(answer)
    else:
        assert paper.apology_parts == kept
