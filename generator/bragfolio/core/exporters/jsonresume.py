"""JSON Resume: what an audience sees, as resume.json of schema v1 (jsonresume.org/schema)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from bragfolio.core.choose.selections import roles_of
from bragfolio.core.link.addresses import RESUME, encode_path

if TYPE_CHECKING:
    from bragfolio.core.choose.selections import Achievements
    from bragfolio.core.link.references import Linked
    from bragfolio.core.project.projection import Item, Projection
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.lists import Credential, Education
    from bragfolio.model.role import End, Position, Role
    from bragfolio.model.scalars import PartialDate
    from bragfolio.model.site import Person

SCHEMA: Final = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
Json = dict[str, object]


def write_jsonresume(linked: Linked, base_url: str) -> str:
    """Return resume.json. Each position is a job of its own; achievements are highlights of the position they fall in."""
    projection = linked.projection
    achievements = roles_of(projection)
    roles = sorted(projection.roles, key=lambda role: role.id)
    work = [job for role in roles if role.authored.kind in {"job", "contract", "own"}
            for job in _jobs(role, achievements[role.id], "name")]  # fmt: skip
    volunteer = [job for role in roles if role.authored.kind == "volunteer"
                 for job in _jobs(role, achievements[role.id], "organization")]  # fmt: skip
    projects = [_project(role, achievements[role.id]) for role in roles if role.authored.kind == "project"]
    resume = {
        "$schema": SCHEMA,
        "basics": _basics(linked, base_url),
        "work": sorted(work, key=_newest_first, reverse=True),
        "volunteer": sorted(volunteer, key=_newest_first, reverse=True),
        "projects": sorted(projects, key=_newest_first, reverse=True),
        "education": [_education(education) for education in projection.education],
        "awards": [_award(item) for item in _of_kind(projection, "award")],
        "certificates": [_certificate(item) for item in _of_kind(projection, "certificate", "membership", "patent")],
        "publications": [_publication(item) for item in _of_kind(projection, "publication")],
        "skills": _skills(linked),
        "languages": [
            _full({"language": language.name, "fluency": language.fluency})
            for language in projection.config.person.languages
        ],
        "interests": [{"name": interest} for interest in projection.config.person.interests],
        "meta": _full({"version": "v1.0.0", "canonical": base_url + RESUME if base_url else ""}),
    }
    return json.dumps(_full(resume), ensure_ascii=False, indent=2) + "\n"


def _basics(linked: Linked, base_url: str) -> Json:
    projection = linked.projection
    person: Person = projection.config.person
    return _full(
        {
            "name": person.name,
            "label": person.headline,
            "image": base_url + encode_path(linked.photo) if linked.photo and base_url else "",
            "email": person.email.value if person.email else "",
            "phone": person.phone.value if person.phone else "",
            "url": str(person.website or base_url),
            "summary": person.claim,
            "location": _full({"address": person.street.value if person.street else "", "city": person.location}),
            "profiles": [
                _full({"network": profile.network, "username": profile.username, "url": str(profile.url)})
                for profile in person.profiles
            ],
        }
    )


def _jobs(item: Item[Role], achievements: Achievements, name_key: str) -> list[Json]:
    role = item.authored
    if not role.positions:
        return [_full({name_key: role.employer, "url": role.url or "", "summary": role.summary,
                       "highlights": [found.authored.title for found in achievements]})]  # fmt: skip
    rest = list(achievements)
    jobs = []
    for position in role.positions:
        mine = [found for found in rest if _falls_in(position, found.authored)]
        rest = [found for found in rest if found not in mine]
        jobs.append((position, mine))
    jobs[0][1].extend(rest)  # the newest position takes what falls into none
    return [
        _full(
            {
                name_key: role.employer,
                "position": position.title,
                "location": role.location if name_key == "name" else "",
                "url": role.url or "",
                **_dates(position.start, position.end),
                "summary": role.summary,
                "highlights": [found.authored.title for found in mine],
            }
        )
        for position, mine in jobs
    ]


def _falls_in(position: Position, achievement: Achievement) -> bool:
    day = achievement.date or achievement.start
    if achievement.position:
        return achievement.position == position.id
    if not day or not position.start or position.start.first_day > day.last_day:
        return False
    return position.end is None or position.end.is_present or day.first_day <= position.end.last_day


def _project(item: Item[Role], achievements: Achievements) -> Json:
    role = item.authored
    position = role.positions[0] if role.positions else None
    keywords = dict.fromkeys(skill for found in achievements for skill in found.authored.skills)
    return _full(
        {
            "name": role.employer,
            "description": role.summary,
            "highlights": [found.authored.title for found in achievements],
            "keywords": list(keywords) or list(role.tags),
            **(_dates(position.start, position.end) if position else {}),
            "url": role.url or "",
            "roles": [position.title] if position and position.title != "Project" else [],
        }
    )


def _education(item: Education) -> Json:
    return _full(
        {
            "institution": item.institution,
            "url": item.url or "",
            "area": item.area,
            "studyType": item.degree,
            **_dates(item.start, item.end),
            "score": item.score,
            "courses": list(item.courses),
        }
    )


def _award(item: Credential) -> Json:
    return _full({"title": item.title, "date": str(item.date or ""), "awarder": item.issuer, "summary": item.summary})


def _certificate(item: Credential) -> Json:
    return _full({"name": item.title, "date": str(item.date or ""), "issuer": item.issuer, "url": item.url or ""})


def _publication(item: Credential) -> Json:
    return _full({"name": item.title, "publisher": item.issuer, "releaseDate": str(item.date or ""),
                  "url": item.url or "", "summary": item.summary})  # fmt: skip


def _skills(linked: Linked) -> list[Json]:
    groups: dict[str, list[str]] = {}
    for ref in linked.skills.skills:
        groups.setdefault(ref.item.authored.category if ref.item else "", []).append(ref.name)
    named: list[Json] = [{"name": name, "keywords": groups[name]} for name in sorted(groups) if name]
    unnamed: list[Json] = [{"name": skill} for skill in groups.get("", ())]
    return named + unnamed


def _of_kind(projection: Projection, *kinds: str) -> list[Credential]:
    return [item for item in projection.credentials if item.kind in kinds]


def _dates(start: PartialDate | None, end: End | None) -> Json:
    return {"startDate": str(start or ""), "endDate": "" if end is None or end.is_present else str(end)}


def _newest_first(job: Json) -> tuple[str, str]:
    return str(job.get("endDate") or "9999"), str(job.get("startDate") or "")


def _full(data: Mapping[str, object]) -> Json:
    return {key: value for key, value in data.items() if value}
