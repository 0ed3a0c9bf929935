"""Page: a page of the portfolio's own."""

from typing import Annotated

from .common import Common, about


class OwnPage(Common, frozen=True, kw_only=True):
    """A page of your own: about, how I work, press."""

    title: Annotated[str, about("The heading, and the link in the footer.")]
