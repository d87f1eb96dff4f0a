"""The pages of the board, for who may schedule: to everybody else they do not exist."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from articles.desk.board import days, many
from articles.desk.board.many import Many
from articles.desk.moments import MomentInput, quick_times
from articles.publishing import access
from articles.rules import moments
from articles.rules.permissions import Verb


def _for_schedulers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not access.may_some(request.user, Verb.PUBLISH):
            raise Http404
        return view(request)

    return guarded


@require_safe
@_for_schedulers
def day_page(request: HttpRequest) -> HttpResponse:
    """A day, `?day=2026-11-28`; today where none is said, and where that is none."""
    at = timezone.now()
    zone = timezone.get_current_timezone()
    today = at.astimezone(zone).date()
    day = _day(request.GET, today)
    context = {
        "title": _("Schedule board"),
        "board": days.day_of(request.user, day, zone, at=at),
        "today": today,
        "called": days.heading(day, today),
        "days": [
            (each, days.heading(each, today) or days.weekday(each), each == day)
            for each in _days_around(day, today)
        ],
        "earlier": day - moments.DAY,
        "later": day + moments.DAY,
    }
    return _page(request, "admin/board/day.html", context)


@require_safe
@_for_schedulers
def week_page(request: HttpRequest) -> HttpResponse:
    """The week in which a day lies, from Monday on."""
    zone = timezone.get_current_timezone()
    today = timezone.now().astimezone(zone).date()
    day = _day(request.GET, today)
    monday = day - timedelta(days=day.weekday())
    context = {
        "title": _("Schedule board"),
        "week": days.week_of(request.user, monday, zone, reverse("admin:board")),
        "day": day,
        "today": today,
        "monday": monday,
        "words": f"{days.in_words(monday)} – {days.in_words(monday + 6 * moments.DAY)}",
        "earlier": monday - 7 * moments.DAY,
        "later": monday + 7 * moments.DAY,
    }
    return _page(request, "admin/board/week.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_schedulers
def many_page(request: HttpRequest) -> HttpResponse:
    """Times for many: chosen, read, and done by one press."""
    now = timezone.now()
    quick = quick_times(request.user, now)
    data = request.POST if request.method == "POST" else request.GET
    proposed = quick[0].value if quick else ""
    chosen = many.of_request(request, data, now=now, first=proposed)
    go = data.get("go", "")
    press = many.press_of(data)
    if data.get("first_quick") or go == "fill":
        chosen.fill()
    if not chosen.error and (go not in ("", "open") or data.get("first_quick")):
        chosen.choose()
        if go == "do" and request.method == "POST" and not chosen.changed_since_read():
            chosen.carry_out(press, timezone.now)
            if chosen.done and not chosen.items:
                messages.success(request, chosen.outcome)
                return HttpResponseRedirect(_afterwards(chosen))
        else:
            if go == "do":
                chosen.told = _("You have chosen other times since. Read again what will happen.")
            chosen.answer()
    elif chosen.deed is many.Deed.CANCEL:
        chosen.answer()
    context = {
        "title": _title(chosen),
        "many": chosen,
        "rows": [(item, many.choice_of(item, chosen.deed)) for item in chosen.items],
        "first": MomentInput(attrs={"id": "id_first"}).render("first", chosen.first),
        "quick_times": quick,
        "press": press,
        "most": many.MOST,
    }
    return _page(request, "admin/board/many.html", context)


def _title(chosen: Many) -> str:
    if chosen.deed is many.Deed.CANCEL:
        return _("Unschedule many")
    return _("Change many times") if chosen.is_about_plans and chosen.items else _("Schedule many")


def _afterwards(chosen: Many) -> str:
    """The board of the day on which the first of them changes something."""
    zone = timezone.get_current_timezone()
    begins = [item.span.live_from for item in chosen.done if item.span]
    begins = begins or [item.moment for item in chosen.done if item.moment]
    day = min(begins).astimezone(zone).date() if begins else None
    return _address("admin:board", day) if day else reverse("admin:board")


def _address(name: str, day: date) -> str:
    return f"{reverse(name)}?day={day.isoformat()}"


def _days_around(day: date, today: date) -> list[date]:
    """The days to go to from a day: those to come, or for one further away its neighbours and today."""
    to_come = [today + n * moments.DAY for n in range(-1, 7)]
    if day in to_come:
        return to_come
    return sorted({today, *(day + n * moments.DAY for n in range(-3, 4))})


def _day(data: QueryDict, today: date) -> date:
    try:
        day = date.fromisoformat(data.get("day", ""))
    except ValueError:
        return today
    return day if day.year in moments.YEARS else today


def _page(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return TemplateResponse(request, template, admin.site.each_context(request) | context)


def urls(guarded: Callable[[Callable], Callable]) -> list[URLPattern]:
    """Its addresses, below one of the desk."""
    return [
        path("", guarded(day_page), name="board"),
        path("week/", guarded(week_page), name="board_week"),
        path("many/", guarded(many_page), name="board_many"),
    ]
