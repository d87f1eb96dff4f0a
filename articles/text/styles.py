"""What style attributes and style sheets say of text, as far as a story's text depends on it."""

import re
from collections.abc import Iterator
from functools import lru_cache

# ".secret" and "span.secret": what word processors write.
_CLASS = re.compile(r"([a-zA-Z][\w-]*)?\.([\w-]+)", re.ASCII)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile("[{}]")

_WEIGHTS = {"bold": True, "bolder": True, "normal": False, "lighter": False, "1000": True}
_SLANTS = {"italic": True, "oblique": True, "normal": False}
_LINES = {"pre": True, "pre-wrap": True, "pre-line": True, "break-spaces": True}
_LINES |= {"preserve": True, "preserve-breaks": True}
_LINES |= {"normal": False, "nowrap": False, "collapse": False}


@lru_cache(maxsize=1024)
def declared(style: str) -> dict[str, str]:
    """The declarations of a style attribute, in lower case; the last of a name counts."""
    found: dict[str, str] = {}
    for declaration in style.lower().split(";"):
        key, _, value = declaration.partition(":")
        found[key.strip()] = value.partition("!")[0].strip()
    return found


def emphasis(style: str) -> tuple[bool | None, bool | None]:
    """What a style says of bold and italics; None where it says nothing.

    Google Docs wraps everything in `<b style="font-weight:normal">` and marks bold by weights.
    """
    says = declared(style)
    weight = says.get("font-weight", "")
    if weight.isdecimal() and weight not in _WEIGHTS:
        return len(weight) == 3 and weight >= "600", _SLANTS.get(says.get("font-style", ""))
    return _WEIGHTS.get(weight), _SLANTS.get(says.get("font-style", ""))


def is_struck(style: str) -> bool:
    """Does it draw a line through the text?"""
    says = declared(style)
    return any("line-through" in says.get(f"text-decoration{end}", "") for end in ("", "-line"))


def shift(style: str) -> str:
    """ "sup" or "sub" where it raises or lowers text, else ""."""
    return {"super": "sup", "sub": "sub"}.get(declared(style).get("vertical-align", ""), "")


def keeps_lines(style: str) -> bool | None:
    """Does a line end of the source end a line of the text? None where it says nothing."""
    says = declared(style)
    for value in (says.get("white-space-collapse", ""), *says.get("white-space", "").split()):
        if value in _LINES:
            return _LINES[value]
    return None


def hides(style: str) -> bool:
    """Did the author not see what has this style?"""
    says = declared(style)
    return (
        says.get("display") == "none"
        or says.get("mso-hide") == "all"
        or says.get("visibility") in ("hidden", "collapse")
    )


def hiding_classes(css: str) -> set[tuple[str, str]]:
    """(element or "", class) of the rules of a style sheet that hide text everywhere."""
    found: set[tuple[str, str]] = set()
    for selectors, declarations in _rules(_COMMENT.sub(" ", css)):
        if hides(declarations):
            for selector in selectors.split(","):
                if match := _CLASS.fullmatch(selector.strip()):
                    found.add(((match[1] or "").lower(), match[2]))
    return found


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """The rules that stand in no other, such as one that is for printing only."""
    depth = position = 0
    selectors = ""
    for brace in _BRACE.finditer(css):
        before, position = css[position : brace.start()], brace.end()
        if brace[0] == "{":
            if not depth:
                selectors = before
            depth += 1
        elif depth:
            depth -= 1
            if not depth and "@" not in selectors:
                yield selectors, before
