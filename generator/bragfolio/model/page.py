"""Page: a page of the portfolio's own."""

from typing import Annotated

from .common import Common, about


class OwnPage(Common, frozen=True, kw_only=True):
    """A page of your own: about, how I work, press."""

    title: Annotated[str, about("The heading, and what links to the page are called.")]
    group: Annotated[
        str, about("Pages of one group are a chapter: a link on top of every page, and each lists the others.")
    ] = ""
    order: Annotated[int | None, about("Its place among your pages, small numbers first; those without come last.")] = (
        None
    )
