"""Guessing passwords is slow; nobody can lock somebody else out for long."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from articles.desk.login import axes, brakes, devices
from articles.rules.brakes import FORGOTTEN, Brake, client_address, network_of
from tests import desk
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
FORGOTTEN_PASSWORD = "/admin/password-reset/"
NOON = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    # The clock stands: looking again changes nothing.
    monkeypatch.setattr(axes, "LOOKS", 0)
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def with_mail(settings):
    settings.EMAIL_CONFIGURED = True


def browser(address: str = "203.0.113.7") -> Client:
    return Client(headers={"accept-language": "en"}, REMOTE_ADDR=address)


def log_in(client: Client, username: str = "reporter", password: str = PASSWORD):
    return client.post(LOGIN, {"username": username, "password": password})


def guess(client: Client, times: int, username: str = "reporter") -> None:
    for n in range(times):
        log_in(client, username, f"guess {n}")


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


# The rule, of its arguments alone


@given(st.integers(0, 100), st.integers(1, 100), st.integers(1, 3600))
def test_waits_grow_and_are_bounded(failures, free, longest):
    brake = Brake(free, timedelta(seconds=longest))
    assert timedelta() <= brake.wait(failures) <= brake.longest
    assert brake.wait(failures) <= brake.wait(failures + 1)
    assert bool(brake.wait(failures)) == (failures >= free)


moments = st.integers(-(10**6), 10**6).map(lambda n: NOON + timedelta(seconds=n))


@given(st.integers(0, 100), st.none() | moments, moments)
def test_nobody_waits_longer_than_the_brake_says_whatever_the_clock_does(failures, last, at):
    brake = Brake(5, timedelta(minutes=15))
    until = brake.held_until(failures, last, at)
    assert until is None or at < until <= at + brake.longest
    if last is None or at - last >= FORGOTTEN or last - at > brake.longest or failures < 5:
        assert until is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        (" 203.0.113.7 ", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", "0.0.0.0"),
        ("unknown", "0.0.0.0"),
        ("203.0.113.7:4711", "0.0.0.0"),
    ],
)
def test_an_address_stands_for_its_network(address, network):
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("real_ip", "forwarded", "behind_proxy", "address"),
    [
        ("1.1.1.1", "2.2.2.2", False, "9.9.9.9"),
        ("1.1.1.1", "2.2.2.2", True, "1.1.1.1"),
        ("", "6.6.6.6, 2.2.2.2", True, "2.2.2.2"),
        ("", "", True, "9.9.9.9"),
    ],
)
def test_the_proxys_word_is_taken_behind_one_only(real_ip, forwarded, behind_proxy, address):
    found = client_address("9.9.9.9", real_ip, forwarded, behind_proxy=behind_proxy)
    assert found == address


@given(st.text())
def test_any_address_stands_for_some_network(address):
    assert network_of(network_of(address)) == network_of(address)


# At the door


def test_after_five_failures_one_has_to_wait_and_is_told_until_when(reporter, clock):
    client = browser()
    guess(client, 5)
    response = log_in(client)
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    told = desk.text(response)
    assert "Too many attempts failed. Try again at 12:01, or ask a managing editor." in told
    assert 'value="reporter"' in response.content.decode()
    assert not is_in(client)
    clock.shift(timedelta(seconds=59))
    assert log_in(client).status_code == 429
    clock.shift(timedelta(seconds=1))
    assert log_in(client).status_code == 302
    assert is_in(client)


def test_a_right_password_is_not_told_from_a_wrong_one_while_one_waits(reporter, clock):
    client = browser()
    guess(client, 5)
    right, wrong = log_in(client), log_in(client, password="wrong")
    nobody = browser("203.0.113.9")
    guess(nobody, 5, "no-such-name")
    assert desk.text(right) == desk.text(wrong)
    assert log_in(nobody, "no-such-name").status_code == right.status_code


def test_waits_grow_to_a_quarter_of_an_hour_and_no_longer(reporter, clock):
    client = browser()
    guess(client, 5)
    waited = []
    for _n in range(7):
        waited.append(int(log_in(client)["Retry-After"]) // 60)
        clock.shift(timedelta(minutes=waited[-1]))
        assert log_in(client, password="wrong").status_code == 200
    assert waited == [1, 2, 4, 8, 15, 15, 15]


def test_trying_on_makes_no_wait_longer(reporter, clock):
    client = browser()
    guess(client, 200)
    clock.shift(timedelta(minutes=1))
    assert log_in(client).status_code == 302


def test_getting_in_forgets_the_failures(reporter, clock):
    client = browser()
    for _n in range(5):
        guess(client, 4)
        assert log_in(client).status_code == 302
        client.logout()
    assert not AccessAttempt.objects.exists()


def test_others_elsewhere_do_not_wait(reporter, editor, clock):
    guess(browser(), 20)
    assert log_in(browser("203.0.113.8")).status_code == 302
    assert log_in(browser(), "editor").status_code == 302


def test_many_names_from_one_network_have_to_wait(reporter, clock):
    for n in range(30):
        log_in(browser(), f"name{n}", "wrong")
    assert log_in(browser()).status_code == 429
    assert log_in(browser("203.0.113.8")).status_code == 302


def test_nobody_is_sent_to_a_managing_editor_who_cannot_help(reporter, managing_editor, clock):
    for n in range(30):
        log_in(browser(), f"name{n}", "wrong")
    told = desk.text(log_in(browser()))
    assert "Too many attempts failed at this address. Try again at 12:01." in told
    assert "ask a managing editor" not in told


def test_an_ipv6_client_is_its_network(reporter, clock):
    for n in range(5):
        log_in(browser(f"2001:db8::{n}"), password="wrong")
    assert log_in(browser("2001:db8::ffff:1")).status_code == 429
    assert log_in(browser("2001:db8:0:1::1")).status_code == 302


def test_a_device_that_is_known_is_let_in_whatever_others_try(reporter, clock):
    mine = browser("198.51.100.1")
    assert log_in(mine).status_code == 302
    mine.post("/admin/logout/")
    for n in range(60):
        log_in(browser(f"203.0.113.{n}"), password="wrong")
    guess(browser("198.51.100.1"), 10)
    assert log_in(browser("192.0.2.1")).status_code == 429
    assert log_in(mine).status_code == 302


def test_a_name_tried_from_everywhere_waits_minutes_only(reporter, clock):
    for n in range(60):
        log_in(browser(f"203.0.113.{n}"), password="wrong")
    response = log_in(browser("192.0.2.1"))
    assert int(response["Retry-After"]) <= 300
    clock.shift(timedelta(minutes=5))
    assert log_in(browser("192.0.2.1")).status_code == 302


def test_on_a_known_device_too_guessing_is_slow(reporter, clock):
    mine = browser()
    log_in(mine)
    mine.post("/admin/logout/")
    guess(mine, 10)
    assert log_in(mine).status_code == 429
    clock.shift(timedelta(minutes=5))
    assert log_in(mine).status_code == 302


def test_a_device_is_known_for_those_who_logged_in_there(reporter, editor, clock):
    shared = browser()
    for username in ("reporter", "editor"):
        log_in(shared, username)
        shared.post("/admin/logout/")
    guess(browser(), 40)
    assert log_in(shared, "reporter").status_code == 302
    shared.post("/admin/logout/")
    assert log_in(shared, "editor").status_code == 302
    own = browser()
    own.cookies[devices.COOKIE] = shared.cookies[devices.COOKIE].value
    guess(own, 5, "managing-editor")
    assert log_in(own, "managing-editor").status_code == 429


@pytest.mark.parametrize("cookie", ["", "x", "W10:1:x", "\xff", "[]", "a:b:c" * 1000])
def test_a_forged_device_is_unknown(reporter, clock, cookie):
    client = browser()
    client.cookies[devices.COOKIE] = cookie
    guess(client, 5)
    assert log_in(client).status_code == 429


def test_the_devices_cookie_is_the_desks_alone(reporter):
    cookie = log_in(browser()).cookies[devices.COOKIE]
    assert cookie["path"] == "/admin/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "reporter" not in cookie.value


def test_the_name_counts_in_any_case(reporter, clock):
    for username in ("reporter", "Reporter", "REPORTER", " reporter", "rePorter"):
        log_in(browser(), username, "wrong")
    assert log_in(browser()).status_code == 429


@pytest.mark.parametrize("header", ["X_REAL_IP", "X_FORWARDED_FOR"])
def test_a_client_cannot_choose_its_address(reporter, clock, header):
    for n in range(5):
        client = Client(REMOTE_ADDR="203.0.113.7", **{f"HTTP_{header}": f"10.0.0.{n}"})
        log_in(client, password="wrong")
    assert log_in(browser()).status_code == 429


def test_behind_the_proxy_its_word_is_taken(reporter, clock, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for n in range(3):
        client = Client(REMOTE_ADDR="127.0.0.1", HTTP_X_REAL_IP=f"203.0.113.{n}")
        guess(client, 5)
        assert log_in(client).status_code == 429
    client = Client(REMOTE_ADDR="127.0.0.1", HTTP_X_REAL_IP="203.0.113.99")
    assert log_in(client).status_code == 302


def test_accounts_without_access_count_as_failures(without_role, clock):
    User.objects.filter(pk=without_role.pk).update(is_staff=False)
    client = browser()
    for _n in range(5):
        assert log_in(client, "without-role").status_code == 200
    assert log_in(client, "without-role").status_code == 429


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_count_as_one_after_the_other(reporter):
    def wrong(n: int) -> int:
        try:
            return log_in(browser(), password=f"wrong {n}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(wrong, range(24)))
    assert answers.count(200) == 5
    assert answers.count(429) == 19


# Letting somebody in


@pytest.mark.django_db(transaction=True)
def test_many_windows_of_one_person_log_in_at_the_same_moment(reporter, settings):
    # Checked as slowly as in an installation, so that all are under way at once.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    reporter.set_password(PASSWORD)
    reporter.save()

    def right(_number: int) -> bool:
        client = browser()
        try:
            log_in(client)
            return is_in(client)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(right, range(8)))


def test_a_managing_editor_lets_somebody_in(reporter, managing_editor, clock):
    client = browser()
    guess(client, 5)
    boss = desk.log_in(Client(), managing_editor)
    page = boss.get(f"/admin/auth/user/{reporter.pk}/change/")
    address = f"/admin/auth/user/{reporter.pk}/let-in/"
    assert address in page.content.decode()
    assert "has to wait until 12:01" in desk.text(boss.get(address))
    assert "They can log in now" in desk.text(boss.post(address, follow=True))
    assert log_in(client).status_code == 302
    assert "Nobody who logs in as" in desk.text(boss.get(address))
    assert address not in boss.get(page.request["PATH_INFO"]).content.decode()


def test_an_editor_lets_nobody_in(reporter, editor, clock):
    client = browser()
    guess(client, 5)
    other = desk.log_in(Client(), editor)
    assert other.post(f"/admin/auth/user/{reporter.pk}/let-in/").status_code == 403
    assert log_in(client).status_code == 429


def test_a_new_password_lets_in_at_once(reporter, managing_editor, clock):
    client = browser()
    guess(client, 5)
    boss = desk.log_in(Client(), managing_editor)
    new = {"password1": "thuyền ra biển lớn", "password2": "thuyền ra biển lớn"}
    boss.post(f"/admin/auth/user/{reporter.pk}/password/", new)
    assert log_in(client, password=new["password1"]).status_code == 302


def test_a_command_lifts_every_brake(reporter, clock):
    client = browser()
    guess(client, 5)
    call_command("axes_reset", verbosity=0)
    assert log_in(client).status_code == 302


# What is kept


def test_nothing_grows_for_ever(reporter, clock):
    for n in range(20):
        log_in(browser(f"203.0.113.{n}"), f"name{n}", "wrong")
    assert AccessAttempt.objects.count() == 20
    clock.shift(timedelta(days=1, seconds=1))
    log_in(browser(), password="wrong")
    assert AccessAttempt.objects.count() == 1


def test_no_password_is_kept_or_logged(reporter, clock, caplog):
    caplog.set_level(logging.DEBUG)
    client = browser()
    secrets = ["hunter two", PASSWORD]
    for _n in range(8):
        log_in(client, username=secrets[0], password=secrets[1])
        log_in(client, password=secrets[0])
    kept = str(list(AccessAttempt.objects.values())) + caplog.text
    assert AccessAttempt.objects.exists()
    assert not any(secret in kept for secret in secrets)


def test_logging_in_without_a_request_is_not_braked(reporter):
    for _n in range(10):
        assert authenticate(username="reporter", password="wrong") is None
    assert Client().login(username="reporter", password=PASSWORD)
    assert not AccessAttempt.objects.exists()


def test_axes_has_no_page_at_the_desk(client):
    user = User.objects.create_superuser("root", password=PASSWORD)
    client.force_login(user)
    assert client.get("/admin/axes/").status_code == 404
    assert "axes" not in client.get("/admin/").content.decode()


# A forgotten password


def test_nobody_is_sent_mail_upon_mail(reporter, with_mail, clock):
    for n in range(10):
        client = browser(f"203.0.113.{n}")
        response = client.post(FORGOTTEN_PASSWORD, {"email": reporter.email.upper()})
    assert len(mail.outbox) == 3
    assert response.status_code == 429
    assert "Too many e-mails were asked for. Try again at 12:01." in desk.text(response)
    clock.shift(timedelta(minutes=1))
    assert client.post(FORGOTTEN_PASSWORD, {"email": reporter.email}).status_code == 302
    assert len(mail.outbox) == 4


def test_one_network_asks_for_few_mails(with_mail, clock):
    answers = [
        browser().post(FORGOTTEN_PASSWORD, {"email": f"n{n}@baovinhsa.example"}).status_code
        for n in range(12)
    ]
    assert answers == [302] * 10 + [429] * 2


def test_an_address_of_nobody_is_answered_as_one_of_somebody(reporter, with_mail, clock):
    answers = {
        address: [
            desk.text(browser(f"203.0.113.{n}").post(FORGOTTEN_PASSWORD, {"email": address}))
            for _m in range(5)
        ]
        for n, address in enumerate([reporter.email, "nobody@baovinhsa.example"])
    }
    first, second = (
        [text.replace(address, "") for text in texts] for address, texts in answers.items()
    )
    assert first == second


def test_asking_for_mails_does_not_keep_anybody_from_logging_in(reporter, with_mail, clock):
    client = browser()
    for n in range(40):
        client.post(FORGOTTEN_PASSWORD, {"email": f"n{n}@baovinhsa.example"})
    assert log_in(client).status_code == 302


def test_who_renews_a_password_by_mail_is_let_in(reporter, with_mail, clock):
    for n in range(60):
        log_in(browser(f"203.0.113.{n}"), password="wrong")
    mine = browser("192.0.2.1")
    mine.post(FORGOTTEN_PASSWORD, {"email": reporter.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password-reset/" in word)
    path = link.removeprefix(settings.SITE_URL)
    form = mine.get(path, follow=True)
    new = {"new_password1": "thuyền ra biển lớn", "new_password2": "thuyền ra biển lớn"}
    assert mine.post(form.request["PATH_INFO"], new).status_code == 302
    assert log_in(mine, password="thuyền ra biển lớn").status_code == 302


def test_the_brakes_are_few_queries(reporter, clock, django_assert_max_num_queries):
    client = browser()
    guess(client, 5)
    with django_assert_max_num_queries(4):
        brakes.take(brakes.Attempt("reporter", "203.0.113.7"), NOON)
