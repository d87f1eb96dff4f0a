"""On PostgreSQL the database itself refuses two publications of a story that overlap in time.

Deferred to the commit, so that a timeline may be rewritten row by row. SQLite has no such constraint:
there the lock that every transaction takes at its start and the tests' promises stand for it.
"""

from django.db import migrations

ADD = """
ALTER TABLE articles_publication ADD CONSTRAINT publication_spans_do_not_overlap
EXCLUDE USING gist (
    int8range(article_id, article_id, '[]') WITH &&,
    tstzrange(live_from, live_until) WITH &&
) DEFERRABLE INITIALLY DEFERRED
"""
DROP = "ALTER TABLE articles_publication DROP CONSTRAINT publication_spans_do_not_overlap"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(add, drop)]
