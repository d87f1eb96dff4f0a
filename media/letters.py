"""In which letters is a stranger's text written? Bytes in, their text out; UNSURE when unsure.

What is declared counts, then UTF-8, which is hardly ever right by chance. Then each old code page
reads the bytes, and the reading that costs least is believed: if its words look written by
people, Vietnamese or Western ones, and no other reading looks nearly as good.
"""

import re
import unicodedata
from contextlib import suppress
from itertools import takewhile

# Stands for a text that nobody can be sure of; no text that is given has it.
UNSURE = "\ufffd"
UTF16 = b"\xff\xfe", b"\xfe\xff"

# ISO 2022 as IPTC uses it (1:90): the last byte names the right half of the table.
_HALVES = {
    b"A": "cp1252",
    b"B": "iso8859_2",
    b"C": "iso8859_3",
    b"D": "iso8859_4",
    b"F": "iso8859_7",
    b"G": "iso8859_6",
    b"H": "iso8859_8",
    b"L": "iso8859_5",
    b"M": "iso8859_9",
    b"V": "iso8859_10",
    b"Y": "iso8859_13",
    b"b": "iso8859_15",
    b"f": "iso8859_16",
}
_DECLARATION = re.compile(rb"\x1b(?:%/?[GHI]|[-./](?P<half>[A-Za-z]))")
_OLD_PAGES = ("cp1258", "cp1252", "mac_roman")
# By so much must the best reading beat the next; so much may a letter cost on the average.
_MARGIN, _MOST_A_LETTER = 2, 1.5
_LONGEST = 60

# What marks stand on, in Vietnamese and in Western languages.
_MARKED = frozenset("aeiouync")
# With these a letter of Vietnamese, a Western one and a typographic sign begin in UTF-8.
_LEADS = frozenset(b"\xc3\xc4\xc5\xc6\xcc\xcd\xe1\xe2")

_NOT_LATIN = re.compile(r"[\u0250-\u02ff\u0370-\u1dff\u2070-\uffff]")
# Of two alphabets in one word: hardly the UTF-8 that it seems.
_MIXED = re.compile(r"[A-Za-z][\u0370-\u08ff]|[\u0370-\u08ff][A-Za-z]")

# Windows' quotation marks and dashes, where its page was taken for Latin-1.
_SIGNS = {byte: bytes([byte]).decode("cp1252", errors="ignore") or byte for byte in range(128, 160)}

# What becomes of UTF-8 that is read as another page and saved again.
_MOJIBAKE = re.compile(
    r"[\ufffd\x80-\x9f]"
    r"|[ÂÃÄÅÆĂ][¡-ª¬-¶¸-º¼-¾€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ]"
    # Behind a capital it may be one, and a sign: "XÃ…" is a word.
    r"|(?:(?<=[a-zà-öø-ÿ])|(?<![^\W\d_]))[ÂÃÄÅÆĂ][\xa0«»·‘’“”…–—]"
    r"|á[º»][^\x00-\x7f]|â€|√[^\s\d(]|ƒ[êë]|∆[°∞]|·[ª∫]"
)
# And of letters that a page does not have; not so in the address of a page, "a.vn/b?c=d".
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_A-Z]")
_ADDRESS = re.compile(r"://|\w=\w")


def declared(marks: bytes) -> str:
    """Python's name of the character set that IPTC's 1:90 declares, "" for none that is known."""
    found = _DECLARATION.fullmatch(marks.strip(b"\0 "))
    if found is None:
        return ""
    return _HALVES.get(found["half"], "") if found["half"] else "utf-8"


def decoded(raw: bytes, charset: str = "", limit: int = 0) -> str:
    """The text in NFC, UNSURE where it is not sure what the bytes say.

    charset: what the bytes are said to be. limit: so many bytes the field may have: a text that
    fills it may have been cut, even inside a letter, which is left out then.
    """
    if raw.startswith(UTF16):
        return readable(raw.decode("utf-16", errors="ignore").rstrip("\0"))
    raw = raw.rstrip(b"\0")
    at_limit = limit - 2 < len(raw) <= limit
    text, tail = _utf8(raw.removeprefix(b"\xef\xbb\xbf"))
    if text is not None:
        text = _whole(text) if tail or at_limit else text
        if charset == "utf-8" or not (tail or _MIXED.search(text)):
            return readable(text)
        if tail and (at_limit or not text.isascii()):
            return readable(text)
    old = _declared_text(raw, charset)
    readings = [old] if old else _readings(raw, at_limit=at_limit)
    if text is not None and (not tail or tail[0] in _LEADS) and not old:
        # Cut UTF-8, or an old page whose strange letters are so by chance: unsure if both can be.
        return UNSURE if readings else readable(text)
    return readable(readings[0]) if len(readings) == 1 else UNSURE


def readable(text: str) -> str:
    """The text in NFC, put right if its UTF-8 was once read as another page; UNSURE if it is broken."""
    for page in () if text.isascii() else ("cp1252", "cp1258", "mac_roman"):
        again, tail = _utf8(_bytes_of(text, page))
        # In MacRoman an apostrophe and an é are the bytes of an Armenian letter.
        sure = page != "mac_roman" or not (tail or _NOT_LATIN.search(again or ""))
        if again and not again.isascii() and sure:
            text = again
            break
    text = unicodedata.normalize("NFC", text.translate(_SIGNS))
    return UNSURE if _MOJIBAKE.search(text) or _has_lost_letters(text) else text


def _has_lost_letters(text: str) -> bool:
    """Was it made to fit an old page, which wrote "?" for the letters that it has not?"""
    return bool(_LOST.search(text) and _bytes_of(text, "cp1252") and not _ADDRESS.search(text))


def _utf8(raw: bytes) -> tuple[str | None, bytes]:
    """What the bytes say as UTF-8, and the bytes of a last letter that was cut; None if they are none."""
    try:
        return raw.decode("utf-8"), b""
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return None, b""
        return raw[: error.start].decode("utf-8"), raw[error.start :]


def _whole(text: str) -> str:
    """A cut text without its last letter, where one of its marks may have been cut off."""
    if not any(map(unicodedata.combining, text)):
        return text
    marks = sum(1 for _mark in takewhile(unicodedata.combining, reversed(text)))
    text = text[: len(text) - marks]
    may_have_marks = unicodedata.normalize("NFD", text[-1:])[:1].lower() in _MARKED
    return text[:-1] if marks or may_have_marks else text


def _bytes_of(text: str, page: str) -> bytes:
    """The bytes that these characters stand for in a code page with controls in its gaps, or none."""
    try:
        return b"".join(bytes([ord(c)]) if "\x80" <= c < "\xa0" else c.encode(page) for c in text)
    except UnicodeEncodeError:
        return b""


def _declared_text(raw: bytes, charset: str) -> str:
    """What the declared page gives, unless that is no words of a language that we know."""
    try:
        text = raw.decode(charset) if charset else ""
    except UnicodeDecodeError:
        return ""
    if charset == "cp1252" and not _is_credible(text, _cost(text)):
        return ""
    return text


def _readings(raw: bytes, *, at_limit: bool) -> list[str]:
    """What old pages give that looks written by people: one text if sure, several if not."""
    costs: dict[str, float] = {}
    for page in _OLD_PAGES:
        with suppress(UnicodeDecodeError):
            text = raw.decode(page)
            text = unicodedata.normalize("NFC", _whole(text) if at_limit else text)
            costs[text] = _cost(text)
    credible = [text for text, cost in costs.items() if _is_credible(text, cost)]
    least = min((costs[text] for text in credible), default=0)
    return [text for text in credible if costs[text] < least + _MARGIN]


def _is_credible(text: str, cost: float) -> bool:
    strange = sum(letter.isalpha() and not letter.isascii() for letter in text)
    return cost <= _MOST_A_LETTER * max(1, strange)


# Vietnamese syllables, without their tone: a beginning, vowels, an end that fits them.
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|đ|đr|br|kr|pl|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    r"(?:(?:a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|iê|yê|oa|oă|oe|ua|uâ|uê|uô|uơ|uy|uyê|ươ)"
    r"(?:ch?|k|m|ng?|nh|p|t)|oo(?:c|ng)"
    r"|a|e|ê|i|o|ô|ơ|u|ư|y|ai|ao|au|ay|âu|ây|eo|êu|ia|iêu|iu|oa|oai|oao|oay|oe|oeo|oi|ôi|ơi"
    r"|ua|uây|uê|ui|uôi|uơ|uy|uya|uyu|ưa|ưi|ươi|ươu|ưu|yêu)"
)
_STOPPED = re.compile(r"(?:ch?|p|t)$")

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_APOSTROPHES = re.compile("[’']")
# Apostrophes as English, French and Italian have them. In MacRoman their byte is an í: who wrote a
# text with one of these words did not mean that.
_SPEAKS = re.compile(
    r"\b(?:the|of|and|at|with|from|his|her|for|to|in|on|by"
    r"|des|du|et|aux|dans|pour|est|il|della)\b",
    re.IGNORECASE,
)
_APOSTROPHE = re.compile(
    r"\w+’(?:s|t|d|m|re|ve|ll)|s’|(?:\w|\w*(?:qu|ll)|aujourd|un|sant|quest|tutt|entr)’\w+(?:’s)?",
    re.IGNORECASE,
)
# Where a letter is at home in its word, "_" being its place; it costs more elsewhere.
_HOMES = {
    letter: re.compile(place)
    for letters, place in {
        "á": "._|^_[^aeiou]",
        "à": "_$|^_s|[^aeiouy]_[^aeiou]",
        "â": "._|^_[gm]",
        "ã": "_(?:[oei]|s?$|n[dt]|mb)",
        "å": "_(?!u)",
        "äö": "(?<![aeiou])_(?![aeio])",
        "û": "[^aeiou]_(?:[trlmn]|ch)|^.{1,2}_$|o_[tl]|e_n",
        "ç": "_(?:[aouáãâõóúàô]|$)",
        "è": "[^aey]_(?![aeiouy])|^_[vz]|^_$",
        "ê": "[^aeioy]_.|^_t|o_l",
        "ô": "._",
        "ëï": "[aeiou]_",
        "ù": "._$",
        "í": "._|^_[cdnrs]|^_t[^r]",
        "î": "[aou]_[tncmr]|[bdfgnp]_[tmnp]|^_l",
        "ñ": "_[aeiouyáéíóúüã]",
        "ì": "_$",
        "ò": "_$|[^aeiouy]_[^aeiou]",
        "õ": "_e",
        "œ": "_u|^_il",
        "šž": "[aeiou]_|_[aeiou]|^_[kptvmnlr]|[rlntd]_[kst]",
        "ú": "._(?!u)|^_(?!il|u)",
        "ð": "[aeiouyáéíóúýæö]_",
        "ü": "_.",
        "øæ": "(?<![aeiou])_",
        "éóß": "",
        "ºª": "^.?_$",
        "²³": "m_$",
        "ýþÿ": "$^",
    }.items()
    for letter in letters
}
_AWAY = {"ä": 1.5, "ö": 1.5, "û": 2, "ý": 2, "þ": 2, "õ": 8}
_SOLITARY = frozenset("àÀéÉèÈöåº")
_PAIRS = "éé ää öö öß üß äß çã çõ çá çí ñí ñó ñá ñé ñú ñã úñ üí üé üè áð íð óð úð ýð ðá íþ áþ äö öä øå åø"
_NORSE, _NOT_NORSE = re.compile("[ýþð]", re.IGNORECASE), re.compile("[çüûãõñàèê]", re.IGNORECASE)
# What people write between words, by where it stands: before them, behind them, or in between.
_SIGN = re.compile(r"[^\w\s\x00-\x7f]|\xa0")
_MISPLACED = 15
_OPENING, _CLOSING, _BETWEEN = frozenset("“‘«„¿¡©"), frozenset("”»’…®™"), frozenset("–—•·€£§")


def _cost(text: str) -> float:
    """How little the text looks written by people: nothing for ASCII and for Vietnamese."""
    # The Turkish page has letters of its own where Latin-1 has these.
    apart = 4 if _NORSE.search(text) and _NOT_NORSE.search(text) else 0
    apostrophes = 0 if _SPEAKS.search(text) else 0.5
    words = sum(_cost_of_word(word, apostrophes) for word in _WORD.findall(text))
    return apart + words + sum(_cost_of_sign(text, at.start()) for at in _SIGN.finditer(text))


def _cost_of_sign(text: str, at: int) -> float:
    sign, before, after = text[at], text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    if before.isalpha() and after.isalpha():
        return _cost_inside(f"{before}{sign}{after}")
    if sign == "’" and before.isalpha() and "‘" not in text:
        return 0.5 if before == "s" else 1
    if sign in _OPENING:
        return 4 if before.isalnum() or (after == " " and sign not in "«©") else 0
    if sign in _CLOSING:
        return 4 if after.isalpha() or (before == " " and sign not in "»…") else 0
    if sign in _BETWEEN:
        return 3 if before.isalpha() or after.isalpha() else 0
    if sign == "\xa0" or (sign == "°" and before in "0123456789 nN"):
        return 0
    return _MISPLACED if before.isalpha() or after.isalpha() else 4


def _cost_inside(letters: str) -> float:
    """What a sign between two letters costs; an apostrophe counts with its word."""
    return 0 if "’" in letters else 1 if letters == "l·l" else _MISPLACED


def _cost_of_word(word: str, apostrophe: float) -> float:
    """apostrophe: what one costs where it may stand; an í there, if it costs nothing."""
    if word.isascii():
        return 0
    if not apostrophe and "í" in word and _APOSTROPHE.fullmatch(word.replace("í", "’", 1)):
        return _MARGIN
    parts = _APOSTROPHES.split(word)
    if len(parts) > 1:
        if "’" not in word:
            apostrophe = 0
        elif not _APOSTROPHE.fullmatch(word):
            apostrophe = 3
        return apostrophe + sum(_cost_of_word(part, 1) for part in parts)
    lower = word.lower()
    if len(word) > _LONGEST or not (word in (lower, word.upper()) or word[1:].islower()):
        return _nonsense(word)
    return 0 if _is_vietnamese(lower) else _cost_of_western(word)


def _nonsense(word: str) -> float:
    return 8 + 4 * len(word)


def _is_vietnamese(word: str) -> bool:
    marks = unicodedata.normalize("NFD", word)
    tones = [mark for mark in marks if ord(mark) in _TONES]
    bare = unicodedata.normalize("NFC", marks.translate(_TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not _STOPPED.search(bare) or tones in (["\u0301"], ["\u0323"])


def _cost_of_western(word: str) -> float:
    lower = word.lower()
    strange = [at for at, letter in enumerate(lower) if not letter.isascii()]
    if not all(lower[at] in _HOMES for at in strange):
        return _nonsense(word)
    if len(word) == 1:
        return 1 if word in _SOLITARY else 3
    pairs = [lower[at : at + 2] for at in strange if lower[at + 1 : at + 2] > "\x7f"]
    return sum(_cost_of_letter(lower, at) for at in strange) + 4 * sum(
        pair not in _PAIRS for pair in pairs
    )


def _cost_of_letter(word: str, at: int) -> float:
    letter, before, after = word[at], word[:at], word[at + 1 :]
    if _HOMES[letter].search(f"{before}_{after}"):
        return 1
    return _AWAY.get(letter, 3)
