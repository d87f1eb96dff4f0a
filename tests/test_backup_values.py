"""Every value that a table may hold comes back the same; what PostgreSQL refuses is told first."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, models
from django.db.utils import ConnectionHandler
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Record
from newsroom.backups import BackupError
from newsroom.backups.restoring import fill
from newsroom.backups.tables import Table, all_tables
from newsroom.environment import database

# What both databases take.
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
JSON = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: (
        st.lists(st.none() | inner, max_size=3)
        | st.dictionaries(TEXT, st.none() | inner, max_size=3)
    ),
    max_leaves=5,
)
VALUES = {
    "yes": st.booleans(),
    "number": st.integers(-(2**63), 2**63 - 1),
    "real": st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False),
    "price": st.decimals(0, 10**10, places=4),
    "moment": st.datetimes(timezones=st.just(UTC)),
    "day": st.dates(),
    "hour": st.times(),
    "span": st.timedeltas(timedelta(-99999), timedelta(99999)),
    "uuid": st.uuids(),
    "data": st.binary(max_size=50),
    "json": JSON,
    "ip": st.ip_addresses().map(str),
    "file": st.sampled_from(["", "ab/cd.jpg"]),
}


@pytest.fixture
def tables(transactional_db) -> Iterator[list[Table]]:
    """Tables with all kinds of fields, as a later part may bring them."""
    with isolate_apps("newsroom"):

        class Everything(models.Model):  # noqa: DJ008
            text = models.TextField()
            yes = models.BooleanField(null=True)
            number = models.BigIntegerField(null=True)
            real = models.FloatField(null=True)
            price = models.DecimalField(max_digits=16, decimal_places=4, null=True)
            moment = models.DateTimeField(null=True)
            touched = models.DateTimeField(auto_now=True)
            day = models.DateField(null=True)
            hour = models.TimeField(null=True)
            span = models.DurationField(null=True)
            uuid = models.UUIDField(null=True, db_column="another name")
            data = models.BinaryField(null=True)
            json = models.JSONField(null=True)
            ip = models.GenericIPAddressField(null=True)
            file = models.FileField(null=True)
            length = models.GeneratedField(
                expression=models.functions.Length("text"),
                output_field=models.IntegerField(),
                db_persist=True,
            )

            class Meta:
                app_label = "newsroom"

        class More(Everything):  # noqa: DJ008
            key = models.UUIDField(default=uuid.uuid4)
            parts = models.ManyToManyField(Everything, related_name="+")

            class Meta:
                app_label = "newsroom"

        made = [Everything, More]
        with connection.schema_editor() as editor:
            for model in made:
                editor.create_model(model)
        yield [Table(model) for model in [*made, More.parts.through]]
        with connection.schema_editor() as editor:
            for model in reversed(made):
                editor.delete_model(model)


def test_every_kind_of_value_comes_back(tables):
    everything, more, _between = (table.model for table in tables)

    @settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        TEXT, st.fixed_dictionaries({name: st.none() | values for name, values in VALUES.items()})
    )
    def circle(text, values):
        whole = more.objects.create(text=text, **values)
        whole.parts.add(everything.objects.create(text=text, **values))
        before = [list(table.rows("default")) for table in tables]
        lines = [[*map(table.line, rows)] for table, rows in zip(tables, before, strict=True)]
        empty()
        for table, found in zip(tables, lines, strict=True):
            fill(table, (table.values(line, connection) for line in found), connection)
        assert [list(table.rows("default")) for table in tables] == before
        empty()

    def empty():
        more.objects.all().delete()
        everything.objects.all().delete()

    circle()


# It is asked for the form of values only: no server need be there.
POSTGRES = ConnectionHandler({"default": database("postgresql://nobody@/nothing")})["default"]
RECORDS = next(table for table in all_tables() if table.model is Record)


def record(**fields: object) -> tuple[object, ...]:
    known = {"at": datetime.now(UTC), "verb": "x", "story_id": 1, "by_id": 1, "by_name": "Minh"}
    row = Record(pk=12, **known | fields)
    return tuple(getattr(row, field.attname) for field in RECORDS.fields)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"headline": "a\0b"}, "headline holds, a NUL character"),
        ({"details": {"a": [{"b\0": 1}]}}, "details holds, a NUL character"),
        ({"details": ["\0"]}, "details holds, a NUL character"),
        ({"headline": "a" * 301}, "headline holds, more than 300 characters"),
        ({"number": 2**31}, "number holds, a number that is too large"),
        ({"by_id": 2**31}, "by_id holds, a number that is too large"),
    ],
)
def test_what_postgresql_does_not_take_is_told_with_its_row(fields, sentence):
    line = RECORDS.line(record(**fields))
    with pytest.raises(BackupError) as refused:
        RECORDS.values(line, POSTGRES)
    told = f"articles_record, row 12: PostgreSQL does not take what {sentence}."
    assert told in str(refused.value)


@pytest.mark.parametrize("text", ["\\u0000", "a" * 300, "\n\t\u2028"])
def test_what_only_looks_like_that_is_taken(text):
    line = RECORDS.line(record(headline=text, details={text: text}, number=2**31 - 1))
    assert text in RECORDS.values(line, POSTGRES)
