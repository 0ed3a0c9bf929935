"""JSON Resume's person: basics, languages and interests, as the `person:` of a portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bragfolio.model.site import Contact, Language, Person, Profile

if TYPE_CHECKING:
    from bragfolio.core.importers.json_rows import Row
    from bragfolio.core.read.yaml_tree import Path

PATHS: Final[dict[str, Path]] = {
    "name": ("basics", "name"),
    "headline": ("basics", "label"),
    "location": ("basics", "location"),
    "website": ("basics", "url"),
    "email": ("basics", "email"),
    "phone": ("basics", "phone"),
    "street": ("basics", "location"),
    "profiles": ("basics", "profiles"),
    "languages": ("languages",),
    "interests": ("interests",),
}
"""Where each key of a person comes from."""


def read_person(resume: Row) -> tuple[Person, dict[str, Path], str]:
    """Return the person of *resume*, where each key comes from, and the summary whole. Contact data are private."""
    basics = resume.row("basics")
    place = basics.row("location")
    street = [_one_line(place.prose("address")), place.text("postalCode", number=True)]
    town = [place.text(key) for key in ("city", "region", "countryCode")]
    place.close()
    if basics.text("image", "picture"):
        what = "a picture is not fetched from elsewhere; it was left out"
        hint = "save it into static/ and write person: {photo: static/me.jpg} into site.yaml"
        basics.warn("json-value", what, hint, at=("image" if basics.has("image") else "picture",))
    person = Person(
        name=basics.text("name"),
        headline=basics.text("label"),
        location=", ".join(part for part in town if part),
        website=basics.url("url", "website"),
        email=_contact(basics.text("email")),
        phone=_contact(basics.text("phone", number=True)),
        street=_contact(", ".join(part for part in street if part)),
        profiles=tuple(_profiles(basics.rows("profiles"))),
        languages=tuple(_languages(resume.rows("languages", main="language"))),
        interests=tuple(_interests(resume.rows("interests", main="name"))),
    )
    summary = basics.prose("summary")
    basics.close()
    return person, dict(PATHS), summary


def _contact(value: str) -> Contact | None:
    return Contact(value=value, visibility=("private",)) if value else None


def _profiles(rows: list[Row]) -> list[Profile]:
    profiles = []
    for row in rows:
        network, username, url = row.text("network"), row.text("username"), row.url("url")
        row.close()
        if url:
            host = (urlsplit(url).hostname or "").removeprefix("www.")
            profiles.append(Profile(network=network or host or url, url=url, username=username))
        elif network or username:
            what = "a profile without an address cannot be shown; it was left out"
            row.warn("json-value", what, "add its url and import again")
    return profiles


def _languages(rows: list[Row]) -> list[Language]:
    languages = []
    for row in rows:
        name, fluency = row.text("language", "name"), row.text("fluency", "level")
        row.close()
        if name:
            languages.append(Language(name=name, fluency=fluency))
        elif fluency:
            row.warn("json-value", "there is no “language” here; it was left out", "add it and import again")
    return languages


def _interests(rows: list[Row]) -> list[str]:
    interests = []
    for row in rows:
        name, keywords = row.text("name"), ", ".join(keyword.text for keyword in row.texts("keywords"))
        row.close()
        both = f"{name} ({keywords})" if name and keywords else name or keywords
        interests += [both] if both else []
    return interests


def _one_line(address: str) -> str:
    return ", ".join(line.strip(" ,") for line in address.split("\n") if line.strip())
