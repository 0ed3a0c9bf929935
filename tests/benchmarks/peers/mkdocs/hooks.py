"""Hooks of MkDocs, which has no skills and no feed of its own: a page for each skill, their index, and the feed."""

from collections import defaultdict
from pathlib import Path
from typing import Any

PAGES: list[Any] = []
TEMPLATES: dict[str, Any] = {}


def on_pre_build(**_):
    PAGES.clear()


def on_page_content(_html, page, **_):
    if page.meta.get("tags"):
        PAGES.append(page)


def on_env(env, **_):
    TEMPLATES.update({name: env.get_template(f"{name}.html") for name in ("skill", "skills", "feed")})


def on_page_context(context, page, **_):
    return {**context, "newest": newest_first() if page.is_homepage else []}


def on_post_build(config):
    by_skill = defaultdict(list)
    for page in newest_first():
        for skill in page.meta["tags"]:
            by_skill[skill].append(page)
    site = Path(config.site_dir)
    for skill, pages in by_skill.items():
        write(site / "skills" / slug_of(skill) / "index.html", "skill", config=config, skill=skill, newest=pages)
    counts = [(skill, slug_of(skill), len(pages)) for skill, pages in sorted(by_skill.items())]
    write(site / "skills" / "index.html", "skills", config=config, skills=counts)
    write(site / "index.xml", "feed", config=config, newest=newest_first()[:20])


def newest_first():
    return sorted(PAGES, key=lambda page: (page.meta["date"], page.url), reverse=True)


def slug_of(skill):
    return skill.lower().replace(" ", "-")


def write(path, template, **context):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEMPLATES[template].render(**context), encoding="utf-8")
