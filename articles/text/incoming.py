"""What only text from elsewhere brings: links that tell who shared them, signs of one font.

Text that is stored is not asked about these, so what was saved before stays as it is.
"""

import re
from urllib.parse import parse_qs

from articles.text import embeds, word_online
from articles.text.markup import Element, Node

# Who shared an address where, for the advertisers of a site; the page is the same without.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ttclid|twclid|zarsrc|zclid"
    r"|igshid?|mibextid|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|_gl|__cft__\[[0-9]*\]|__tn__"
    r"|__cft__%5B[0-9]*%5D|_openstat|wt_mc|at_(?:campaign|medium))",
    re.IGNORECASE | re.ASCII,
)
# https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt, and the pictures of Wingdings:
# Word writes them as characters for private use, which no other font has.
_SIGNS = str.maketrans(
    {
        0xF02D: "-",
        0xF06C: "●",
        0xF06E: "■",
        0xF06F: "□",
        0xF071: "❑",
        0xF076: "❖",
        0xF0A3: "≤",
        0xF0A7: "▪",
        0xF0A8: "◻",
        0xF0AE: "→",
        0xF0B0: "°",
        0xF0B1: "±",
        0xF0B3: "≥",
        0xF0B4: "×",
        0xF0B7: "•",
        0xF0B8: "÷",
        0xF0D8: "➢",
        0xF0E0: "→",
        0xF0E8: "➔",
        0xF0F0: "⇨",
        0xF0FC: "✓",
        0xF0FE: "☑",
    }
)


# Pages that only lead on: what is shared leads to them, and the address itself is a parameter.
_LEADS_ON = re.compile(
    r"https?://(?:(?:l|lm)\.(?:facebook|messenger)\.com/l\.php|l\.(?:instagram|threads)\.com/"
    r"|(?:www\.)?google\.[a-z.]{2,6}/url|(?:www\.)?youtube\.com/redirect"
    r"|[a-z0-9]+\.safelinks\.protection\.outlook\.com/)\?(\S+)",
    re.IGNORECASE | re.ASCII,
)
_MOST_STEPS = 3


def tidied(root: Element) -> Element:
    """A tree as it came, without what follows readers and without signs that they can't see.

    Lists and videos that only their own page could show are written as others write them.
    """
    return _tidied(root, word_online.Lists())


def _tidied(node: Element, lists: word_online.Lists) -> Element:
    attributes = node.attributes
    if node.name == "a" and "?" in attributes.get("href", ""):
        attributes = attributes | {"href": untracked(led_to(attributes["href"]))}
    children: list[Node] = []
    for child in node.children:
        if isinstance(child, str):
            children.append(child.translate(_SIGNS))
        elif word_online.is_list(child):
            children += [_tidied(item, lists) for item in lists.paragraphs(child)]
        else:
            children.append(_tidied(child, lists))
    if video := _embedded(node):
        return Element("figure", {"data-embed": video}, [Element("figcaption", {}, children)])
    return Element(node.name, attributes, children)


def _embedded(node: Element) -> str:
    """The address of the video that a script would have put in this place, or ""."""
    kinds = node.attributes.get("class", "").split()
    for kind, attribute in (("tiktok-embed", "cite"), ("fb-video", "data-href")):
        if kind in kinds and (found := embeds.embed_of(node.attributes.get(attribute, ""))):
            return found.address
    return ""


def led_to(address: str) -> str:
    """Where an address leads in the end, if it says so itself; else the address."""
    for _step in range(_MOST_STEPS):
        found = _LEADS_ON.fullmatch(address.strip())
        try:
            values = parse_qs(found[1], max_num_fields=100, errors="strict") if found else {}
        except ValueError:
            return address
        target = next((values[key][0] for key in ("u", "q", "url") if key in values), "")
        if not target.lower().startswith(("http://", "https://")):
            return address
        address = target
    return address


def untracked(address: str) -> str:
    """An address without the parameters that tell who shared it; all others as they were."""
    page, mark, rest = address.partition("?")
    query, hash_, fragment = rest.partition("#")
    kept = [
        each for each in query.split("&") if not _TRACKING.fullmatch(each.partition("=")[0].strip())
    ]
    if "#" in page or len(kept) == query.count("&") + 1:
        return address
    return page + (mark + "&".join(kept) if any(kept) else "") + hash_ + fragment
