"""manage.py seed_stories: an archive of made-up stories to measure on."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from articles.desk.guard import stories_holding
from articles.management.seeding import seed_stories
from articles.models import Article, Category, Publication
from articles.publishing import freezing
from media.models import Image

pytestmark = pytest.mark.django_db


def seed(count: int) -> str:
    said = StringIO()
    call_command("seed_stories", count=count, stdout=said)
    return said.getvalue()


def test_an_empty_installation_gets_all_that_stories_need(client):
    assert seed(40) == "40 of 40\n"
    assert Publication.objects.live(at=timezone.now()).count() == 40
    assert client.get("/").content.count(b'class="card') > 10
    address = Publication.objects.first().get_absolute_url()
    assert client.get(address).status_code == 200
    assert not User.objects.get().has_usable_password()


def test_they_are_spread_over_sections_and_years(section, reporter):
    Category.objects.create(name="Văn hóa", slug="van-hoa", position=2)
    seed(60)
    assert {category.publications.exists() for category in Category.objects.all()} == {True}
    dates = Publication.objects.values_list("first_published", flat=True)
    assert max(dates) - min(dates) > timedelta(days=3 * 365)
    assert set(Article.objects.values_list("owner", flat=True)) == {reporter.pk}


def test_they_show_the_librarys_pictures_and_protect_them(client, make_picture):
    image = make_picture()
    seed(3)
    story = client.get(Publication.objects.first().get_absolute_url()).content.decode()
    assert f"/uploads/{image.renditions.filter(format='avif').first().file.name}" in story
    assert stories_holding(Image, [image]).count() == 3


def test_the_working_copy_is_what_readers_have(make_picture):
    make_picture()
    seed(3)
    for article in Article.objects.all():
        assert freezing.digest_of(article) == article.publications.get().digest == article.digest


def test_the_same_seed_gives_the_same_texts():
    at = timezone.now()
    for _round in range(2):
        list(seed_stories(5, at=at, seed=7))
    headlines = list(Publication.objects.order_by("pk").values_list("headline", flat=True))
    assert headlines[:5] == headlines[5:]
