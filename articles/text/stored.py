"""Marks in the HTML that is stored of a publication: what a page still changes when it is built."""

# A card's picture is stored as the small, late one; a page makes the large ones of it.
CARD_SIZES = 'sizes="(min-width: 1200px) 197px, (min-width: 808px) 16vw, 34vw"'
CARD_LOADING = 'loading="lazy"'


def card_picture(html: str, *, sizes: str, lead: bool = False) -> str:
    """A stored card picture for a larger place: with that `sizes`, and at once if it is the lead.

    Quotes inside attributes are escaped, so what is replaced occurs nowhere else.
    """
    html = html.replace(CARD_SIZES, f'sizes="{sizes}"')
    return html.replace(CARD_LOADING, 'fetchpriority="high"') if lead else html
