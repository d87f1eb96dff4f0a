"""The same new story sent twice at the same moment becomes one story, on real locks."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from articles.models import Article
from tests import desk

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/articles/article/add/"


def test_two_posts_at_once_make_one_story(reporter):
    clients = [desk.log_in(Client(), reporter) for _n in range(2)]
    form = desk.filled(clients[0].get(ADD), headline="Once")
    barrier, answers = Barrier(2), []

    def send(client: Client) -> None:
        try:
            barrier.wait()
            answers.append(client.post(ADD, form))
        finally:
            connection.close()

    threads = [Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    story = Article.objects.get()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert {answer.url for answer in answers} == {desk.page("change", story.pk)}
