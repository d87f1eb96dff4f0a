"""Made-up stories by the ten thousand, for measurements: written straight into the tables."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from articles.models import (
    Article,
    Caption,
    CaptionImage,
    Category,
    Publication,
    PublicationPicture,
    PublicationText,
)
from articles.publishing import rendering
from articles.rules.addresses import slug_of
from articles.rules.content import Content, ContentPicture, short_fields
from articles.rules.permissions import Stage
from articles.rules.timing import Kind
from articles.text import Body
from media.models import Image
from media.text import fold

BATCH = 2000
YEARS = 10
PICTURES = 50
WORDS = (
    "tỉnh xã cầu đường lúa tôm biển chợ trường lớp học sinh nông dân ngư dân thanh niên "
    "hội nghị diễn đàn kế hoạch đầu tư xây dựng mùa vụ giá xuất khẩu du lịch lễ hội bóng "
    "đá y tế bệnh viện khởi nghiệp chuyển đổi số môi trường rừng ngập mặn giao thông an "
    "toàn mới hơn nghìn triệu"
)
SECTIONS = ("Thời sự", "Kinh tế", "Văn hóa", "Thể thao")


def seed_stories(count: int, *, at: datetime, seed: int = 1) -> Iterator[int]:
    """Make `count` published stories, spread over the sections and over ten years before `at`.

    Each shows a picture of the library, where there are any. Yields how many are made so far.
    The same seed gives the same texts. In an empty installation it makes sections, and an account
    that nobody can log in to.
    """
    chance = random.Random(seed)  # noqa: S311 - for texts, not for secrets
    owner = get_user_model().objects.order_by("pk").first() or _owner()
    sections = list(Category.objects.select_related("parent")) or _sections()
    looks = _looks()
    made = 0
    while made < count:
        size = min(BATCH, count - made)
        with transaction.atomic():
            _write([_draft(chance, owner, sections, looks, at) for _n in range(size)], looks)
        made += size
        yield made


def _owner() -> AbstractBaseUser:
    return get_user_model().objects.create_user("seed")


def _sections() -> list[Category]:
    return [
        Category.objects.create(name=name, slug=slug_of(name), position=position)
        for position, name in enumerate(SECTIONS, 1)
    ]


def _looks() -> dict[int | None, rendering.Rendered]:
    """How each picture is rendered: alone in a story's body, and on its card."""
    ids = list(Image.objects.order_by("pk").values_list("pk", flat=True)[:PICTURES])
    return {pk: rendering.render(_content("Ảnh", "", 0, pk, "")) for pk in ids or [None]}


def _content(headline: str, lede: str, section_id: int, image_id: int | None, text: str) -> Content:
    figure = f'<figure data-images="{image_id}"></figure>' if image_id else ""
    return Content(
        headline=headline,
        slug=slug_of(headline),
        dateline="",
        lede=lede,
        section_id=section_id,
        genre="report",
        byline="",
        author_ids=(),
        lead_image_id=None,
        body=Body.read(figure + text),
        pictures=(ContentPicture(image_id, "", ""),) if image_id else (),
        links=(),
    )


def _draft(
    chance: random.Random,
    owner: AbstractBaseUser,
    sections: list[Category],
    looks: dict[int | None, rendering.Rendered],
    at: datetime,
) -> tuple[Article, Category, Content, str]:
    """A working copy with its section, its content and the text below its picture."""
    section = chance.choice(sections)
    text = "".join(f"<p>{_random_words(chance, 60)}.</p>" for _n in range(6))
    content = _content(
        _random_words(chance, 11),
        f"{_random_words(chance, 28)}.",
        section.pk,
        chance.choice(list(looks)),
        text,
    )
    moment = (at - timedelta(seconds=chance.randrange(60, YEARS * 365 * 86_400))).replace(
        microsecond=0
    )
    article = Article(
        **short_fields(content),
        stage=Stage.APPROVED.value,
        owner=owner,
        version=1,
        last_number=1,
        folded=fold(content.headline),
        digest=content.digest(),
        created_at=moment,
        updated_at=moment,
        body=content.body.html,
    )
    return article, section, content, text


def _random_words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS.split(), k=count)).capitalize()


def _write(
    drafts: list[tuple[Article, Category, Content, str]],
    looks: dict[int | None, rendering.Rendered],
) -> None:
    Article.objects.bulk_create(article for article, *_rest in drafts)
    shown = [(article, _image_id(content)) for article, _section, content, _text in drafts]
    captions = Caption.objects.bulk_create(
        Caption(article=article, position=0, text="") for article, pk in shown if pk
    )
    CaptionImage.objects.bulk_create(
        CaptionImage(caption=caption, position=0, image_id=pk)
        for caption, pk in zip(captions, [pk for _article, pk in shown if pk], strict=True)
    )
    publications = Publication.objects.bulk_create(
        _publication(article, section, looks[_image_id(content)])
        for article, section, content, _text in drafts
    )
    rows = list(zip(publications, drafts, strict=True))
    PublicationText.objects.bulk_create(
        PublicationText(
            publication=publication,
            body=content.body.html,
            body_html=looks[_image_id(content)].body_html + text,
            social_picture=looks[_image_id(content)].social_picture,
            rendered_with=looks[_image_id(content)].rendered_with,
        )
        for publication, (_article, _section, content, text) in rows
    )
    PublicationPicture.objects.bulk_create(
        PublicationPicture(publication=publication, position=0, image_id=picture.image_id)
        for publication, (_article, _section, content, _text) in rows
        for picture in content.pictures
    )


def _image_id(content: Content) -> int | None:
    return content.pictures[0].image_id if content.pictures else None


def _publication(article: Article, section: Category, look: rendering.Rendered) -> Publication:
    return Publication(
        article=article,
        number=1,
        kind=Kind.FIRST,
        approved_by=article.owner,
        approved_at=article.created_at,
        first_published=article.created_at,
        live_from=article.created_at,
        digest=article.digest,
        card_picture_html=look.card_picture_html,
        **short_fields(article),
        top_section_id=section.parent_id or section.pk,
    )
