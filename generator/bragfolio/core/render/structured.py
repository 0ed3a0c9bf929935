"""Structured data: schema.org vocabulary as JSON-LD, in a data block that no content can break out of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from bragfolio.core.link.addresses import HOME

if TYPE_CHECKING:
    from bragfolio.core.project.projection import Item
    from bragfolio.core.render.contexts import Picture
    from bragfolio.core.render.desk import Desk
    from bragfolio.model.achievement import Achievement

_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def script(data: dict[str, object]) -> Markup:
    """Return *data*, without its empty values, as a script element of type application/ld+json."""
    text = json.dumps({"@context": "https://schema.org", **_full(data)}, ensure_ascii=False).translate(_ESCAPES)
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704 - escaped above


def profile_page(desk: Desk) -> Markup:
    """Return the home page as a ProfilePage: developers.google.com/search/docs/appearance/structured-data/profile-page."""
    newest = desk.site.updated
    return script(
        {
            "@type": "ProfilePage",
            "url": desk.absolute(HOME),
            "dateModified": newest.iso if newest and len(newest.iso) == len("2026-07-20") else "",
            "mainEntity": {"@type": "Person", **_person(desk)},
        }
    )


def creative_work(desk: Desk, item: Item[Achievement], path: str, picture: Picture | None) -> Markup:
    """Return an achievement as a CreativeWork of its author."""
    card = desk.card(item)
    return script(
        {
            "@type": "CreativeWork",
            "name": card.title,
            "url": desk.absolute(path),
            "datePublished": card.date.iso,
            "abstract": card.summary,
            "keywords": [skill.text for skill in card.skills],
            "image": desk.base_url + picture.path if picture and desk.base_url else "",
            "author": {"@type": "Person", "name": desk.site.person.name, "url": desk.absolute(HOME)},
        }
    )


def _person(desk: Desk) -> dict[str, object]:
    person = desk.site.person
    projection = desk.linked.projection
    present = [
        role.authored
        for role in projection.roles
        if role.authored.kind != "volunteer" and any(p.end and p.end.is_present for p in role.authored.positions)
    ]
    return _full(
        {
            "name": person.name,
            "url": desk.absolute(HOME),
            "jobTitle": person.headline,
            "description": person.claim,
            "image": desk.base_url + person.photo.path if person.photo and desk.base_url else "",
            "email": person.email,
            "sameAs": [profile.url for profile in person.profiles if profile.url.startswith("http")],
            "knowsAbout": [ref.name for ref in desk.linked.skills.skills if ref.proofs][:50],
            "knowsLanguage": [language.name for language in person.languages],
            "worksFor": [{"@type": "Organization", **_full({"name": r.employer, "url": r.url})} for r in present],
            "alumniOf": [
                {"@type": "EducationalOrganization", **_full({"name": e.institution, "url": e.url})}
                for e in projection.education
            ],
        }
    )


def _full(data: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in data.items() if value}
