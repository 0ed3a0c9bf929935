"""Common keys: what every content file may say."""

from typing import Annotated

from msgspec import Meta, Struct, field

from .scalars import FilePath, Moment, PartialDate, SitePath, SlugText


def about(text: str) -> Meta:
    """Return the description of a field: it reaches the JSON Schema of editors and the documentation."""
    return Meta(description=text)


class Authored(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The base of everything that an author writes: unknown keys are mistakes, `extra:` is free."""


class Listed(Authored, frozen=True, kw_only=True):
    """The keys of an item in a list file."""

    visibility: Annotated[tuple[str, ...], about("The audiences that may see this.")] = ()
    summary: Annotated[str, about("One or two sentences.")] = ""
    extra: Annotated[dict[str, object], about("Free keys of your own; themes may read none of them.")] = {}


class Imported(Authored, frozen=True, kw_only=True):
    """Where an importer found an entry: its id keeps a second import from making it again."""

    source: Annotated[str, about("The format, for example jsonresume.")] = field(name="from", default="")
    id: Annotated[str, about("Its place there.")] = ""
    date: Annotated[PartialDate | None, about("When it was imported.")] = None
    digest: Annotated[str, about("Of the file as imported: tells whether it was edited since.")] = ""


class Common(Authored, frozen=True, kw_only=True):
    """The keys that all Markdown files share."""

    title: Annotated[str, about("What this is, in one line.")] = ""
    slug: Annotated[SlugText | None, about("Last part of the address; the file's name decides when absent.")] = None
    summary: Annotated[str, about("One or two sentences for lists, feeds and search engines.")] = ""
    draft: Annotated[bool, about("Not ready: shown only with --drafts.")] = False
    publish_date: Annotated[
        Moment | None, about("Not shown before this day; with a time of day, not before the next.")
    ] = None
    expiry_date: Annotated[Moment | None, about("Not shown from this day or instant on.")] = None
    updated: Annotated[Moment | None, about("When the text was last changed in substance.")] = None
    visibility: Annotated[tuple[str, ...], about("The audiences that may see this; private when absent.")] = ()
    redirects: Annotated[tuple[SitePath, ...], about("Old addresses on this site that lead here.")] = ()
    lang: Annotated[str, about("Language of this entry, when it is not the site's.")] = ""
    tags: Annotated[tuple[str, ...], about("Words to group by.")] = ()
    image: Annotated[FilePath | None, about("A picture beside the entry.")] = None
    image_alt: Annotated[str, about("What the picture shows, for those who cannot see it.")] = ""
    imported: Annotated[Imported | None, about("Where an importer found this.")] = None
    extra: Annotated[dict[str, object], about("Free keys of your own; themes may read none of them.")] = {}

    @property
    def seen_by(self) -> tuple[str, ...]:
        """The audiences that may see this, as its author wrote them."""
        return self.visibility
