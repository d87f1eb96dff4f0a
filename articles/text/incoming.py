"""What only text from elsewhere brings: links that tell who shared them, signs of one font.

Text that is stored is not asked about these, so what was saved before stays as it is.
"""

import re

from articles.text.markup import Element

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


def tidied(root: Element) -> Element:
    """A tree as it came, without what follows readers and without signs that they can't see."""
    attributes = root.attributes
    if root.name == "a" and "?" in attributes.get("href", ""):
        attributes = attributes | {"href": untracked(attributes["href"])}
    return Element(
        root.name,
        attributes,
        [
            child.translate(_SIGNS) if isinstance(child, str) else tidied(child)
            for child in root.children
        ],
    )


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
