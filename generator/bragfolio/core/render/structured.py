"""Structured data: schema.org vocabulary as JSON-LD, in a data block that no content can break out of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from bragfolio.core.link.addresses import HOME, SKILLS

if TYPE_CHECKING:
    from bragfolio.core.link.skills import SkillRef
    from bragfolio.core.project.projection import Item
    from bragfolio.core.render import contexts
    from bragfolio.core.render.desk import Desk
    from bragfolio.model.achievement import Achievement

_TYPES: Final = {
    "experience": "ProfilePage",
    "one-pager": "ProfilePage",
    **dict.fromkeys(("achievements", "lately", "skill", "skills", "timeline"), "CollectionPage"),
}
"""By template; every other page is a WebPage."""
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def script(data: dict[str, object]) -> Markup:
    """Return *data*, without its empty values, as a script element of type application/ld+json."""
    text = json.dumps({"@context": "https://schema.org", **_full(data)}, ensure_ascii=False).translate(_ESCAPES)
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704 - escaped above


def web_page(desk: Desk, page: contexts.Page, about: dict[str, object] | None = None) -> Markup:
    """Return *page*, which has nothing better to say of itself, as a page by the person of the site, or about this person, or *about* a thing."""
    kind = _TYPES.get(page.template, "WebPage")
    return script(
        {
            "@type": kind,
            "name": page.heading,
            "url": page.canonical,
            "description": page.description,
            "inLanguage": page.lang,
            "about": about or {},
            "mainEntity" if kind == "ProfilePage" else "author": author(desk),
        }
    )


def author(desk: Desk) -> dict[str, object]:
    """Return the person of the site by name and address; the home page says the rest."""
    return _full({"@type": "Person", "name": desk.site.person.name, "url": desk.absolute(HOME)})


def defined_term(desk: Desk, skill: SkillRef) -> dict[str, object]:
    """Return *skill* as a term of the list of skills."""
    synonyms = list(skill.item.authored.synonyms) if skill.item else []
    term = _full({"name": skill.name, "alternateName": synonyms, "inDefinedTermSet": desk.absolute(SKILLS)})
    return {"@type": "DefinedTerm", **term}


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


def creative_work(desk: Desk, item: Item[Achievement], path: str, picture: contexts.Picture | None) -> Markup:
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
            "author": author(desk),
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
