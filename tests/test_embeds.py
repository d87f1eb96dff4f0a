"""Which addresses are videos that may stand in a story, and where their players are."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.text.embeds import HOSTS, KINDS, SHORTENED, embed_of

YOUTUBE = "https://www.youtube.com/watch?v=dMFO9n_-XyA"
SHORT = "https://www.youtube.com/shorts/dMFO9n_-XyA"
VIMEO = "https://vimeo.com/76979871"
UNLISTED = "https://vimeo.com/76979871/8272103f6e"
FACEBOOK = "https://www.facebook.com/bao.vinhsa-12/videos/740713069067012/"
FACEBOOK_WATCH = "https://www.facebook.com/watch/?v=740713069067012"
TIKTOK = "https://www.tiktok.com/@bao_vinh.sa/video/6718335390845095173"


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        *((address, address) for address in (
            YOUTUBE, SHORT, VIMEO, UNLISTED, FACEBOOK, FACEBOOK_WATCH, TIKTOK,
        )),
        ("https://youtube.com/watch?v=dMFO9n_-XyA", YOUTUBE),
        ("  http://m.youtube.com/watch?app=desktop&v=dMFO9n_-XyA&t=30s#x\n", YOUTUBE),
        ("youtu.be/dMFO9n_-XyA?si=AbC", YOUTUBE),
        ("https://www.youtube.com/embed/dMFO9n_-XyA?start=3", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/dMFO9n_-XyA", YOUTUBE),
        ("https://www.youtube.com/live/dMFO9n_-XyA", YOUTUBE),
        ("HTTPS://M.YouTube.com/shorts/dMFO9n_-XyA?feature=share", SHORT),
        ("https://vimeo.com/channels/staffpicks/76979871", VIMEO),
        ("https://player.vimeo.com/video/76979871?title=0", VIMEO),
        ("https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e&x=1", UNLISTED),
        ("https://m.facebook.com/bao.vinhsa-12/videos/740713069067012/?ref=share", FACEBOOK),
        ("https://facebook.com/bao.vinhsa-12/videos/lễ-hội/740713069067012", FACEBOOK),
        ("https://www.facebook.com/watch?ref=x&v=740713069067012", FACEBOOK_WATCH),
        ("https://www.facebook.com/video.php?v=740713069067012", FACEBOOK_WATCH),
        ("https://m.tiktok.com/@bao_vinh.sa/video/6718335390845095173?lang=vi", TIKTOK),
    ],
)  # fmt: skip
def test_every_usual_form_leads_to_one_address_of_the_video(address, canonical):
    assert embed_of(address).address == canonical


@pytest.mark.parametrize(
    ("address", "provider", "site", "player", "upright"),
    [
        (YOUTUBE, "YouTube", "youtube.com", "www.youtube-nocookie.com/embed/dMFO9n_-XyA", False),
        (SHORT, "YouTube", "youtube.com", "www.youtube-nocookie.com/embed/dMFO9n_-XyA", True),
        (VIMEO, "Vimeo", "vimeo.com", "player.vimeo.com/video/76979871", False),
        (UNLISTED, "Vimeo", "vimeo.com", "player.vimeo.com/video/76979871", False),
        (FACEBOOK, "Facebook", "facebook.com", "www.facebook.com/plugins/video.php", False),
        (FACEBOOK_WATCH, "Facebook", "facebook.com", "www.facebook.com/plugins/video.php", False),
        (TIKTOK, "TikTok", "tiktok.com", "www.tiktok.com/player/v1/6718335390845095173", True),
    ],
)
def test_a_video_knows_its_provider_its_player_and_its_shape(
    address, provider, site, player, upright
):
    embed = embed_of(address)
    parts = urlsplit(embed.player)

    assert (embed.provider, embed.site, embed.upright) == (provider, site, upright)
    assert parts.netloc + parts.path == player
    assert embed.host == parts.netloc


def test_what_only_the_address_lets_one_see_is_handed_to_the_player():
    assert parse_qs(urlsplit(embed_of(UNLISTED).player).query)["h"] == ["8272103f6e"]


@pytest.mark.parametrize("address", [FACEBOOK, FACEBOOK_WATCH])
def test_facebooks_player_is_told_the_address_of_the_video(address):
    assert parse_qs(urlsplit(embed_of(address).player).query)["href"] == [address]


@pytest.mark.parametrize(
    "address",
    [
        "", "   ", "YouTube", "https://", "https://www.youtube.com/", "https://youtu.be/short",
        "https://www.youtube.com/watch?v=dMFO9n_-Xy", "https://www.youtube.com/watch?v=dMFO9n_-XyAA",
        "https://www.youtube.com/watch?v=dMFO9n_-XyA <b>", "https://www.youtube.com/@paper",
        "https://www.youtube.com/watch?list=x#v=dMFO9n_-XyA",
        "https://youtube.com.evil.vn/watch?v=dMFO9n_-XyA", "https://evilyoutube.com/watch?v=dMFO9n_-XyA",
        "https://evil.vn/?https://youtu.be/dMFO9n_-XyA", "https://youtu.be@evil.vn/dMFO9n_-XyA",
        "https://a:b@youtu.be/dMFO9n_-XyA", "https://youtu.be:8080/dMFO9n_-XyA",
        "//youtu.be/dMFO9n_-XyA", "ftp://youtu.be/dMFO9n_-XyA", "javascript:youtu.be/dMFO9n_-XyA",
        "https://youtu.be/dMFO9n_-Xy\u0661", "https://www.youtube.com/embed/../x/dMFO9n_-X",
        "https://vimeo.com/about", "https://vimeo.com/007", "https://vimeo.com/76979871/settings",
        "https://www.facebook.com/bao", "https://www.facebook.com/watch/", "https://www.facebook.com/../videos/740713069067012/",
        "https://www.tiktok.com/@bao", "https://fb.watch/3zYsXdnxjf/", "https://vt.tiktok.com/ZS8abc/",
        "https://www.dailymotion.com/video/x8abc", YOUTUBE + "&x=" + "y" * 3000,
    ],
)  # fmt: skip
def test_no_other_address_is_a_video(address):
    assert embed_of(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "https://fb.watch/3zYsXdnxjf/",
        "https://www.facebook.com/share/v/1AbC/",
        "https://vt.tiktok.com/ZS8abc/",
        "https://www.tiktok.com/t/ZT8abc/",
    ],
)
def test_a_shortened_address_is_known_for_what_it_is(address):
    assert embed_of(address) is None
    assert any(re.fullmatch(rf"(?:https?://)?{pattern}", address) for pattern in SHORTENED)


@given(st.one_of(*(st.from_regex(p, fullmatch=True) for kind in KINDS for p in kind.patterns)))
@example(YOUTUBE)
def test_whatever_is_taken_is_https_at_a_known_host_and_stays_as_it_is(address):
    embed = embed_of(address)
    if embed is None:
        return
    for made in (embed.address, embed.player):
        assert re.fullmatch(r"https://[A-Za-z0-9._~:/?=&%@-]+", made)
    assert embed.host in HOSTS
    assert embed.site in {"youtube.com", "vimeo.com", "facebook.com", "tiktok.com"}
    assert embed_of(embed.address) == embed


@given(st.text())
def test_any_text_is_answered(text):
    assert embed_of(text) is None or embed_of(text).host in HOSTS
