"""What a server says of itself to whoever balances the load."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from newsroom import health


def test_a_server_with_its_database_is_well(db):
    response = Client().get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Cache-Control"] == "no-store"


def test_a_server_without_its_database_is_not(db, monkeypatch):
    def fail() -> None:
        raise DatabaseError("no route to host, password secret")

    monkeypatch.setattr(health, "_clocks_apart", fail)
    response = Client().get("/healthz")

    assert response.status_code == 503
    assert b"secret" not in response.content


@pytest.mark.parametrize(
    ("ahead", "status"), [(-260, 503), (-200, 200), (0, 200), (200, 200), (260, 503), (90_000, 503)]
)
def test_a_clock_that_differs_from_the_databases_is_told(db, monkeypatch, ahead, status):
    monkeypatch.setattr(health, "_clocks_apart", lambda: timedelta(milliseconds=ahead))

    assert Client().get("/healthz").status_code == status


def test_the_databases_clock_is_this_machines_in_tests(db):
    assert abs(health._clocks_apart()) < timedelta(milliseconds=50)


def test_a_slow_answer_is_not_taken_for_a_wrong_clock():
    asked = timezone.now()
    answered = asked + timedelta(seconds=3)

    for moment in (asked, asked + timedelta(seconds=1), answered):
        assert health._outside(moment, asked, answered) == timedelta()
    assert health._outside(answered + timedelta(seconds=1), asked, answered) == timedelta(seconds=1)
    assert health._outside(asked - timedelta(seconds=1), asked, answered) == timedelta(seconds=-1)
