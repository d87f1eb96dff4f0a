"""Words as people type them, made comparable and safe to keep."""

import re
import unicodedata

# Control, format (bidirectional and zero-width), surrogate and private characters.
_INVISIBLE = {"Cc", "Cf", "Cs", "Co"}
# Letters and signs that have no look: fillers of Hangul, an empty braille cell, a note without a
# head, and the place of an object that is not there.
_WITHOUT_LOOK = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc\U0001d159")
_BARRED_D = str.maketrans("đĐ", "dD")


def fold(text: str) -> str:
    """The text as a search without accents sees it: "Đà  Nẵng" is "da nang".

    Lower case, without any marks, đ as d, white space as single blanks.
    Folding what is folded changes nothing.
    """
    decomposed = unicodedata.normalize("NFD", text.translate(_BARRED_D))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.casefold().split())


def is_blank(text: str) -> bool:
    """Does nobody see anything of it: only spaces, marks on nothing, characters without a look?"""
    return not any(
        unicodedata.category(each)[0] in "LNPS" and each not in _WITHOUT_LOOK for each in text
    )


def one_line(text: str, limit: int) -> str:
    """A stranger's text as one line of at most `limit` characters, in NFC.

    Control, bidirectional and other invisible characters go; white space becomes single blanks.
    What nobody sees anything of is "".
    """
    # Nothing after this many characters can be kept, and a megabyte need not be normalised.
    text = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text[: limit * 4]))
    visible = "".join(c for c in text if unicodedata.category(c) not in _INVISIBLE)
    line = unicodedata.normalize("NFC", " ".join(visible.split()))[:limit].strip()
    return "" if is_blank(line) else line
