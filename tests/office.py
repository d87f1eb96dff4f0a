"""Made-up documents, in the markup that word processors put on the clipboard."""

import random
from dataclasses import dataclass

ROMAN = [
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
]
VIETNAMESE = ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p"]
# How HTML numbers items: by name in style sheets, by letter in its type attribute.
HTML_TYPES = {
    "1.": ("1", "decimal"),
    "a.": ("a", "lower-alpha"),
    "A.": ("A", "upper-alpha"),
    "i.": ("i", "lower-roman"),
    "I.": ("I", "upper-roman"),
}
FORMATS = [*HTML_TYPES, "1)", "a)", "đ)", "(1)", "1/", "01.", "1.1.", "Điều 1.", "Chương I.", "-"]
BULLETS = [
    ("·", "Symbol"),
    ("o", '"Courier New"'),
    ("§", "Wingdings"),
    ("ü", "Wingdings"),
    ("\uf0b7", "Symbol"),
    ("–", '"Times New Roman"'),
]
WORDS = [
    "Thứ",
    "Tư",
    "hội nghị",
    "x<sup>n</sup>",
    "<b>đậm</b>",
    "120 m<sup>2</sup>",
    "Đông Hà",
    "(1)",
    "a)",
]


@dataclass(frozen=True)
class Line:
    """A paragraph or an item (level 1 or 2) as its author saw it; sign "" for a paragraph."""

    text: str
    level: int = 0
    format: str = ""
    number: int = 0
    sign: str = ""


def letters(number: int) -> str:
    return chr(ord("a") + number - 1)


def written(format: str, number: int) -> str:
    """The sign of an item."""
    if format == "-":
        return "•"
    values = {
        "1": str(number),
        "01": f"{number:02}",
        "a": letters(min(number, 26)),
        "đ": VIETNAMESE[(number - 1) % len(VIETNAMESE)],
        "i": ROMAN[(number - 1) % len(ROMAN)],
    }
    if format == "1.1.":
        return f"3.{number}."
    if format == "01.":
        return f"{values['01']}."
    for letter in "1aAđiI":
        if letter in format:
            value = values[letter.lower()]
            value = value.upper() if letter in "AI" else value
            before, _, after = format.rpartition(letter)
            return f"{before}{value}{after}"
    raise ValueError(format)


def document(rng: random.Random, formats: list[str]) -> list[Line]:
    """Paragraphs and lists; lists start anywhere, and go on after paragraphs and after sublists."""
    lines: list[Line] = []
    count = 0

    def text() -> str:
        nonlocal count
        count += 1
        return f"{rng.choice(WORDS)} ⟦{count}⟧"

    for _list in range(rng.randint(1, 4)):
        format, inner = rng.choice(formats), rng.choice(formats)
        number = rng.choice([1, 1, 1, 2, 5, 8, 9])
        if rng.random() < 0.7:
            lines.append(Line(text()))
        for _item in range(rng.randint(1, 7)):
            lines.append(Line(text(), 1, format, number, written(format, number)))
            number += 1
            for n in range(1, rng.choice([0, 0, 0, 2, 4])):
                lines.append(Line(text(), 2, inner, n, written(inner, n)))
            if rng.random() < 0.2:
                lines.append(Line(text()))
    return lines


def word(rng: random.Random, lines: list[Line]) -> str:
    """Word's paragraphs with markers, with deletions, remarks and hidden text among them."""
    parts = []
    for line in lines:
        noise = rng.choice(
            ["", "", "", "<del cite='mailto:x' datetime='2026-01-01T08:00'>GONE</del>",
             "<span class=msoDel>GONE</span>", "<span style='mso-hide:all'>GONE</span>",
             "<span style='color:red;display:none;mso-hide:all'>GONE</span>",
             "<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[GONE1]</a></span>"]
        )  # fmt: skip
        marker, style = "", ""
        if line.level:
            style = f"margin-left:{36 * line.level}pt;text-indent:-18pt;"
            style += f"mso-list:l{line.level} level{line.level} lfo1"
            sign, font = rng.choice(BULLETS) if line.format == "-" else (line.sign, "")
            marker = f"<span style='mso-list:Ignore'>{sign}<span style='font:7pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span>"
            if font:
                marker = f"<span style='font-family:{font};mso-fareast-font-family:{font}'>{marker}</span>"
            marker = f"<![if !supportLists]>{marker}<![endif]>"
        kind = "MsoListParagraph" if line.level else "MsoNormal"
        parts.append(f"<p class={kind} style='{style}'>{marker}{line.text}{noise}<o:p></o:p></p>")
        if rng.random() < 0.1:
            parts.append("<p class=MsoNormal><del datetime='x'>GONE</del><o:p></o:p></p>")
    remarks = "<div style='mso-element:comment-list'><p class=MsoCommentText>GONE</p></div>"
    return (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta name=Generator"
        " content='Microsoft Word 15'><style>span.msoDel{display:none}</style></head><body lang=VI>"
        "<!--StartFragment-->\n" + "\n".join(parts) + remarks + "<!--EndFragment--></body></html>"
    )


def _nested(lines: list[Line], paragraph, item, opened) -> str:
    """Lists as elements: an item is written by `item`, the start tag of its list by `opened`."""
    parts: list[str] = []
    stack: list[Line] = []
    for line in lines:
        while stack and (stack[-1].level > line.level or not _goes_on(stack[-1], line)):
            parts.append("</ul>" if stack.pop().format == "-" else "</ol>")
        if not line.level:
            parts.append(paragraph(line))
            continue
        if stack and stack[-1].level == line.level:
            stack[-1] = line
        else:
            parts.append(opened(line))
            stack.append(line)
        parts.append(item(line))
    while stack:
        parts.append("</ul>" if stack.pop().format == "-" else "</ol>")
    return "".join(parts)


def _goes_on(last: Line, line: Line) -> bool:
    if line.level > last.level:
        return True
    return last.format == line.format and (line.number == last.number + 1 or line.format == "-")


def word_lists(_rng: random.Random, lines: list[Line]) -> str:
    """Word's own lists, as newer versions put them there."""

    def opened(line: Line) -> str:
        if line.format == "-":
            return "<ul style='margin-top:0cm' type=disc>"
        return (
            f"<ol style='margin-top:0cm' start={line.number} type={HTML_TYPES[line.format][0]}>\n"
        )

    return "<html><body lang=VI><!--StartFragment-->" + _nested(
        lines,
        lambda line: f"<p class=MsoNormal>{line.text}<o:p></o:p></p>\n",
        lambda line: (
            f"<li class=MsoNormal style='mso-list:l0 level{line.level} lfo1'>{line.text}<o:p></o:p></li>\n"
        ),
        opened,
    )


def docs(_rng: random.Random, lines: list[Line]) -> str:
    """Google Docs: lists directly in lists, the kind of number in the style of each item."""

    def opened(line: Line) -> str:
        if line.format == "-":
            return '<ul style="margin-top:0;margin-bottom:0;">'
        start = f' start="{line.number}"' if line.number > 1 else ""
        return f'<ol style="margin-top:0;margin-bottom:0;"{start}>'

    def item(line: Line) -> str:
        kind = "disc" if line.format == "-" else HTML_TYPES[line.format][1]
        return (
            f'<li dir="ltr" style="list-style-type:{kind};font-weight:400;white-space:pre;" '
            f'aria-level="{line.level}"><p dir="ltr" role="presentation"><span '
            f'style="vertical-align:baseline;white-space:pre-wrap;">{line.text}</span></p></li>'
        )

    return (
        '<meta charset=\'utf-8\'><b style="font-weight:normal;" id="docs-internal-guid-7f2a">'
        + _nested(lines, lambda line: f'<p dir="ltr"><span>{line.text}</span></p>', item, opened)
        + "</b>"
    )


def libreoffice(rng: random.Random, lines: list[Line]) -> str:
    """LibreOffice Writer: type and start as attributes, white space between the tags."""

    def opened(line: Line) -> str:
        if line.format == "-":
            return "<ul>\n\t"
        start = f' start="{line.number}"' if line.number > 1 else ""
        kind = HTML_TYPES[line.format][0]
        return f"<ol{start}>\n\t" if kind == "1" else f'<ol{start} type="{kind}">\n\t'

    def item(line: Line) -> str:
        value = f' value="{line.number}"' if line.number > 1 and rng.random() < 0.2 else ""
        return f'<li{value}><p style="margin-bottom: 0cm">\n{line.text}</p>\n\t'

    return "<html><head><meta name='generator' content='LibreOffice 7.4'/></head><body>" + _nested(
        lines, lambda line: f"<p>{line.text}</p>\n", item, opened
    )


def excel(rng: random.Random) -> tuple[str, list[list[str]]]:
    """Cells of a sheet, with hidden rows and hidden text among them, and what is seen of them."""
    rows, seen = [], []
    for row in range(rng.randint(1, 6)):
        cells = [rng.choice(["1,5", "01", "Đông Hà", "a)", "=B2", ""]) for _cell in range(3)]
        cells[0] = f"⟦{row}⟧"
        hidden = rng.random() < 0.3
        style = " style='height:0;display:none'" if hidden else " style='height:15.0pt'"
        noise = rng.choice(["", "", "<span style='display:none'>GONE</span>"])
        rows.append(
            f"<tr height=20{style}>"
            + "".join(
                f"<td class=xl65 style='border-top:none'>{cell}{noise}</td>" for cell in cells
            )
            + "</tr>"
        )
        if not hidden:
            seen.append(cells)
    html = (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><meta name=Generator"
        " content='Microsoft Excel 15'><style><!--table {mso-displayed-decimal-separator:'\\,';}"
        " .xl65 {white-space:nowrap;} --></style></head><body><table border=0 cellpadding=0>"
        "<!--StartFragment--><col width=64 style='width:48pt'>" + "".join(rows)
    )
    return html + "<!--EndFragment--></table></body></html>", seen
