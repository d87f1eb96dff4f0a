"""Videos by address: which addresses may stand in a story, and where their players are.

Nothing is ever asked of a provider: an address says by its form alone which video it is, or it is
not taken. The patterns are read by Python and, through articles.desk.editor.field, by the desk's browser.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

LONGEST = 2000


@dataclass(frozen=True)
class Kind:
    """One kind of video address: each pattern finds the values of `address` and `player`, in order.

    upright: made for phones, 9:16; others are shown in 16:9.
    """

    provider: str
    patterns: tuple[str, ...]
    address: str
    player: str
    upright: bool = False

    @property
    def host(self) -> str:
        """The host of its player."""
        return urlsplit(self.player).netloc


@dataclass(frozen=True)
class Embed:
    """A video: who shows it, the page to watch it on, and its player's address (both https)."""

    provider: str
    address: str
    player: str
    upright: bool

    @property
    def site(self) -> str:
        """The site as readers know it: "youtube.com"."""
        return urlsplit(self.address).netloc.removeprefix("www.")

    @property
    def host(self) -> str:
        """The host of its player."""
        return urlsplit(self.player).netloc


_YOUTUBE = r"(?:(?:www|m|music)\.)?youtube(?:-nocookie)?\.com/"
_YOUTUBE_ID = r"([A-Za-z0-9_-]{11})"
_FACEBOOK = r"(?:(?:www|web|m|mbasic|[a-z]{2}-[a-z]{2})\.)?facebook\.com/"
_FACEBOOK_PAGE = r"([A-Za-z0-9][A-Za-z0-9.-]{0,79})"
_FACEBOOK_ID = r"([1-9][0-9]{4,19})"
_TIKTOK = r"(?:(?:www|m)\.)?tiktok\.com/"
_TIKTOK_ID = r"([1-9][0-9]{9,24})"
_VIMEO_ID = r"([1-9][0-9]{4,14})"

# https://developers.google.com/youtube/player_parameters, https://help.vimeo.com (player
# parameters), https://developers.facebook.com/docs/plugins/embedded-video-player,
# https://developers.tiktok.com/doc/embed-player
KINDS = (
    Kind(
        "YouTube",
        (
            rf"{_YOUTUBE}watch/?\?(?:[^#\s]*&)?v={_YOUTUBE_ID}(?:[&#]\S*)?",
            rf"{_YOUTUBE}(?:embed|live)/{_YOUTUBE_ID}/?(?:[?#]\S*)?",
            rf"youtu\.be/{_YOUTUBE_ID}/?(?:[?#]\S*)?",
        ),
        "https://www.youtube.com/watch?v={0}",
        "https://www.youtube-nocookie.com/embed/{0}?autoplay=1",
    ),
    Kind(
        "YouTube",
        (rf"{_YOUTUBE}shorts/{_YOUTUBE_ID}/?(?:[?#]\S*)?",),
        "https://www.youtube.com/shorts/{0}",
        "https://www.youtube-nocookie.com/embed/{0}?autoplay=1",
        upright=True,
    ),
    Kind(
        "Vimeo",
        (
            rf"(?:www\.)?vimeo\.com/(?:channels/[A-Za-z0-9_-]+/)?{_VIMEO_ID}/?(?:[?#]\S*)?",
            rf"player\.vimeo\.com/video/{_VIMEO_ID}/?(?:\?(?!(?:\S*&)?h=)\S*|#\S*)?",
        ),
        "https://vimeo.com/{0}",
        "https://player.vimeo.com/video/{0}?autoplay=1&dnt=1",
    ),
    # Those that only who knows the address may see.
    Kind(
        "Vimeo",
        (
            rf"(?:www\.)?vimeo\.com/{_VIMEO_ID}/([0-9a-f]{{6,20}})/?(?:[?#]\S*)?",
            rf"player\.vimeo\.com/video/{_VIMEO_ID}/?\?(?:[^#\s]*&)?h=([0-9a-f]{{6,20}})(?:[&#]\S*)?",
        ),
        "https://vimeo.com/{0}/{1}",
        "https://player.vimeo.com/video/{0}?h={1}&autoplay=1&dnt=1",
    ),
    Kind(
        "Facebook",
        (rf"{_FACEBOOK}{_FACEBOOK_PAGE}/videos/(?:[^/?#\s]+/)?{_FACEBOOK_ID}/?(?:[?#]\S*)?",),
        "https://www.facebook.com/{0}/videos/{1}/",
        "https://www.facebook.com/plugins/video.php"
        "?href=https%3A%2F%2Fwww.facebook.com%2F{0}%2Fvideos%2F{1}%2F&show_text=false&autoplay=true",
    ),
    Kind(
        "Facebook",
        (
            rf"{_FACEBOOK}(?:watch/?|watch/live/?|video\.php)\?(?:[^#\s]*&)?v={_FACEBOOK_ID}"
            r"(?:[&#]\S*)?",
        ),
        "https://www.facebook.com/watch/?v={0}",
        "https://www.facebook.com/plugins/video.php"
        "?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D{0}&show_text=false&autoplay=true",
    ),
    Kind(
        "TikTok",
        (rf"{_TIKTOK}@([A-Za-z0-9._]{{1,30}})/video/{_TIKTOK_ID}/?(?:[?#]\S*)?",),
        "https://www.tiktok.com/@{0}/video/{1}",
        "https://www.tiktok.com/player/v1/{1}?autoplay=1",
        upright=True,
    ),
)
# Which video these lead to, only their hosts know.
SHORTENED = (
    r"fb\.watch/\S*",
    rf"{_FACEBOOK}share/\S*",
    r"(?:vm|vt)\.tiktok\.com/\S*",
    rf"{_TIKTOK}t/\S*",
)
HOSTS = tuple(dict.fromkeys(kind.host for kind in KINDS))

_FLAGS = re.ASCII | re.IGNORECASE
_FACEBOOK_PLAYER = re.compile(
    rf"(?:https?:)?//{_FACEBOOK}plugins/video\.php\?(?:[^#\s]*&)?href=([^&#\s]+)\S*", _FLAGS
)
_READ = [
    (re.compile(rf"(?:https?://)?{pattern}", _FLAGS), kind)
    for kind in KINDS
    for pattern in kind.patterns
]


def embed_of(address: str) -> Embed | None:
    """The video that an address leads to, whichever of its usual forms it has; None for any other.

    What it returns is made of known parts and of ids that hold only letters, digits and `._-`.
    """
    address = address.strip()
    if len(address) > LONGEST:
        return None
    for pattern, kind in _READ:
        if found := pattern.fullmatch(address):
            values = found.groups()
            return Embed(
                kind.provider,
                kind.address.format(*values),
                kind.player.format(*values),
                kind.upright,
            )
    return None


def embed_of_player(address: str) -> Embed | None:
    """The video that the page in a frame plays, or None."""
    address = address.strip()
    if len(address) > LONGEST:
        return None
    if found := _FACEBOOK_PLAYER.fullmatch(address):
        return embed_of(unquote(found[1]))
    return embed_of(f"https:{address}" if address.startswith("//") else address)
