"""Forty stories scheduled as an editor does it: a few clicks, or the times typed row by row."""

import re
from datetime import datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Publication
from articles.rules.states import in_full

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FORTY = 40
LIST = "/admin/articles/article/"
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def tomorrow() -> datetime:
    """Tomorrow's 00:00 by the paper's clocks."""
    local = timezone.localtime(timezone.now() + DAY, timezone.get_default_timezone())
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


@pytest.fixture
def forty(make_story) -> list[str]:
    """Headlines of the stories, as the list shows them."""
    headlines = [f"Story number {n:02}" for n in range(FORTY, 0, -1)]
    for headline in headlines:
        make_story(headline)
    return headlines[::-1]


def faults(page) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    violations = Axe().run(page).response["violations"]
    found = [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]
    width = page.locator("body").evaluate("body => body.scrollWidth")
    if width > page.viewport_size["width"]:
        found.append(f"{width} px wide")
    return found


class Hand:
    """A person's hand, whose clicks and keys are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, locator, **how) -> None:
        self.clicks += 1
        locator.click(**how)

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.keys += len(words)
        self.page.keyboard.type(words)


@pytest.fixture
def hand(open_page, editor) -> Hand:
    return Hand(open_page(user=editor))


def plans() -> dict[str, datetime]:
    return dict(Publication.objects.values_list("headline", "live_from"))


def test_forty_stories_of_the_list_are_scheduled_in_a_few_clicks(hand, forty, tomorrow):
    page = hand.page
    page.goto(LIST)
    boxes = page.locator("input[name=item]")
    hand.click(boxes.first)
    hand.click(boxes.nth(FORTY - 1), modifiers=["Shift"])
    expect(page.get_by_text("40 chosen")).to_be_visible()
    hand.click(page.get_by_role("button", name="Schedule…", exact=True))
    hand.click(page.get_by_role("button", name="tomorrow 06:00"))

    # One page says all forty moments.
    said = page.locator(".many-what strong")
    expect(said).to_have_count(FORTY)
    assert all(words.startswith("06:00 on ") for words in said.all_inner_texts())
    expect(page.locator(".many-summary")).to_contain_text("40 stories go live at 06:00 on")
    assert plans() == {}
    hand.click(page.get_by_role("button", name="Schedule 40 stories"))

    expect(page.locator(".messagelist")).to_contain_text("40 stories were scheduled.")
    expect(page.get_by_text("40 stories at 06:00")).to_be_visible()
    assert plans() == dict.fromkeys(forty, tomorrow + 6 * HOUR)
    assert hand.clicks <= 15
    assert (hand.clicks, hand.keys) == (5, 0)


def test_forty_stories_get_forty_times_by_the_keyboard_alone(hand, forty, tomorrow):
    page = hand.page
    page.goto(LIST)
    page.locator("input[name=item]").first.focus()
    hand.press("Space")
    for _row in range(FORTY - 1):
        hand.press("Shift+ArrowDown")
    expect(page.get_by_text("40 chosen")).to_be_visible()
    page.get_by_role("button", name="Schedule…", exact=True).focus()
    hand.press("Enter")

    first = page.get_by_label("First at")
    expect(first).to_be_visible()
    page.wait_for_load_state()
    first.focus()
    hand.press("Control+a")
    hand.type(in_full(tomorrow + 5 * HOUR, timezone.get_default_timezone()))
    page.locator(".many-time input").first.focus()
    times = [tomorrow + 5 * HOUR + 7 * n * MINUTE for n in range(FORTY)]
    for time in times:
        hand.type(f"{time:%H:%M}")
        hand.press("Enter")
    expect(page.locator("[data-do]")).to_be_focused()
    hand.press("Enter")

    said = page.locator(".many-what strong")
    expect(said).to_have_count(FORTY)
    assert [words[:5] for words in said.all_inner_texts()] == [f"{t:%H:%M}" for t in times]
    assert plans() == {}
    deed = page.get_by_role("button", name="Schedule 40 stories")
    deed.focus()
    hand.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("40 stories were scheduled.")
    assert plans() == dict(zip(forty, times, strict=True))
    assert hand.clicks == 0


def test_arrows_go_up_and_down_the_times(hand, forty, tomorrow):
    page = hand.page
    page.goto(LIST)
    hand.click(page.get_by_label("All on this page"))
    hand.click(page.get_by_role("button", name="Schedule…", exact=True))
    times = page.locator(".many-time input")
    expect(times).to_have_count(40)
    # Keys are for who has waited until the page was there.
    page.wait_for_load_state()
    times.nth(3).focus()
    hand.press("ArrowDown")
    expect(times.nth(4)).to_be_focused()
    hand.press("ArrowUp")
    hand.press("ArrowUp")
    expect(times.nth(2)).to_be_focused()


def test_a_time_changed_after_reading_is_a_question_again(hand, forty, tomorrow):
    page = hand.page
    page.goto(LIST)
    hand.click(page.locator("input[name=item]").first)
    hand.click(page.get_by_role("button", name="Schedule…", exact=True))
    hand.click(page.get_by_role("button", name="tomorrow 06:00"))
    expect(page.get_by_role("button", name="Schedule 1 story")).to_be_visible()
    page.locator(".many-time input").fill("06:30")
    hand.click(page.get_by_role("button", name="What will happen?"))
    expect(page.locator(".many-what strong")).to_contain_text("06:30 on")
    hand.click(page.get_by_role("button", name="Schedule 1 story"))
    expect(page.locator(".messagelist")).to_be_visible()
    assert list(plans().values()) == [tomorrow + 6.5 * HOUR]


@pytest.fixture
def on_the_board(forty, editor, tomorrow) -> str:
    """Two plans, at 06:00 and at 09:00; the board's address of their day."""
    from articles.models import Article
    from articles.publishing import workflow

    for headline, hour in ((forty[0], 6), (forty[1], 9)):
        story = Article.objects.get(headline=headline)
        workflow.publish(story, by=editor, at=tomorrow + hour * HOUR)
    return f"/admin/board/?day={tomorrow:%Y-%m-%d}"


def entry(page: Page, headline: str):
    return page.locator("[data-key]", has_text=headline)


def confirm(hand: Hand) -> None:
    hand.click(hand.page.get_by_role("button", name="New times (1)…"))
    hand.click(hand.page.get_by_role("button", name="Change 1 time"))
    expect(hand.page.locator(".messagelist")).to_be_visible()


def test_a_plan_is_dragged_to_another_time(hand, forty, on_the_board, tomorrow):
    page = hand.page
    page.goto(on_the_board)
    one = entry(page, forty[0])
    one.locator(".board-what").hover()
    page.mouse.down()
    page.mouse.move(500, 300, steps=5)
    target = page.locator('.board-targets [data-time="09:30"]')
    expect(target).to_be_visible()
    target.hover()
    target.hover()
    page.mouse.up()
    expect(one).to_contain_text("06:00 → 09:30")
    confirm(hand)
    assert plans()[forty[0]] == tomorrow + 9.5 * HOUR


def test_a_plan_goes_to_another_time_by_keys(hand, forty, on_the_board, tomorrow):
    page = hand.page
    page.goto(on_the_board)
    entry(page, forty[1]).get_by_label("Time").focus()
    hand.press("ArrowDown")
    hand.press("ArrowDown")
    expect(entry(page, forty[1])).to_contain_text("09:00 → 09:10")
    hand.press("Enter")
    expect(page.locator(".many-what strong")).to_contain_text("09:10 on")
    page.get_by_role("button", name="Change 1 time").focus()
    hand.press("Enter")
    expect(page.locator(".messagelist")).to_be_visible()
    assert plans()[forty[1]] == tomorrow + 9 * HOUR + 10 * MINUTE


def test_a_plan_goes_to_another_time_on_a_phone_without_script(
    open_page, editor, forty, on_the_board, tomorrow
):
    page = open_page(user=editor, width=390, height=844, has_touch=True, java_script_enabled=False)
    page.goto(on_the_board)
    entry(page, forty[0]).get_by_label("Time").fill("06:45")
    page.get_by_role("button", name="New times…").tap()
    page.get_by_role("button", name="Change 1 time").tap()
    expect(page.locator(".messagelist")).to_be_visible()
    assert plans()[forty[0]] == tomorrow + 6.75 * HOUR


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_every_page_of_the_schedule_is_for_everybody(
    open_page, editor, published, forty, on_the_board, width, scheme
):
    page = open_page(user=editor, width=width, color_scheme=scheme, bypass_csp=True)
    today = f"{timezone.localtime():%Y-%m-%d}"
    found = {}
    for address in (
        on_the_board,
        "/admin/board/",
        "/admin/board/week/",
        f"/admin/site-at/{today}/",
    ):
        page.goto(address)
        found[address] = faults(page)
    page.goto(LIST)
    page.locator("input[name=item]").first.check()
    found["chosen"] = faults(page)
    page.get_by_role("button", name="Schedule…", exact=True).click()
    found["many"] = faults(page)
    page.locator(".many-time input").fill("noon")
    page.get_by_role("button", name="What will happen?").click()
    expect(page.locator(".many-refusal")).to_be_visible()
    found["refused"] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}


def test_a_quick_time_on_a_verbs_page_asks_by_itself(hand, forty, tomorrow):
    page = hand.page
    page.goto(LIST)
    page.get_by_role("link", name=forty[0]).click()
    page.goto(page.url.replace("change/", "publish/"))
    hand.click(page.get_by_role("button", name="tomorrow 06:00"))
    expect(page.locator("[data-answer]")).to_contain_text("goes live at 06:00 on")
    hand.click(page.get_by_role("button", name="Schedule", exact=True))
    expect(page.locator(".messagelist")).to_be_visible()
    assert plans() == {forty[0]: tomorrow + 6 * HOUR}


def test_a_time_alone_becomes_the_next_such_moment(hand, forty):
    page = hand.page
    page.goto(LIST)
    page.get_by_role("link", name=forty[0]).click()
    page.goto(page.url.replace("change/", "publish/"))
    page.get_by_label("At a time").check()
    field = page.get_by_label("Time", exact=True)
    field.fill("6h")
    hand.press("Tab")
    expect(field).to_have_value(re.compile(r"^06:00, \d+/\d+/\d{4}$"))
