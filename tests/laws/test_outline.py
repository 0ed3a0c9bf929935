"""Outline: a page that says whose bodies stand on it is made from no other body, nor from anything that the outline passes over."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from bragfolio.app.build import load_renderer
from bragfolio.app.career import make_career
from bragfolio.app.prepare import link_for, read
from bragfolio.core.render.one_pager import PaperWork
from bragfolio.core.render.outline import light_key, outline_of
from bragfolio.core.render.recall import context_key
from bragfolio.core.render.site import plan_site

EXAMPLE = Path(__file__).parents[2]
AS_OF = dt.date(2026, 8, 15)


@pytest.fixture(scope="module", params=["public", "self"])
def site(request):
    """The example, read and linked, with its theme."""
    found = read(EXAMPLE, AS_OF)
    linked, _, _ = link_for(found, request.param)
    return found, linked, load_renderer(EXAMPLE, found.portfolio.config, found.portfolio.config_source).theme


def plan_of(site, bodies=None, found=None):
    """Return the plan of the site, with other bodies."""
    read_before, linked, theme = site
    linked = replace(linked, bodies=linked.bodies if bodies is None else bodies)
    career, _ = make_career(read_before, linked) if linked.projection.audience == "self" else (None, [])
    plan, _ = plan_site(linked, {}, theme, "https://example.org/", [], PaperWork(), career)
    found = found or read_before
    outline = outline_of(found.portfolio, found.tree, plan.desk)
    return {
        job.path: (job.bodies, light_key(outline, job, linked), context_key(job.template, job.context()))
        for job in plan.jobs
    }


def changed(bodies, keys):
    """Return *bodies* with one more paragraph in each of *keys*."""
    return {
        key: tuple(replace(one, prose=replace(one.prose, html=f"{one.prose.html}<p>More.</p>")) for one in found)
        if key in keys
        else found
        for key, found in bodies.items()
    }


def test_no_page_shows_a_body_that_it_does_not_name(site):
    bodies = site[1].bodies
    names = sorted(key for key, found in bodies.items() if found)
    before = plan_of(site)
    assert sum(declared is not None for declared, _, _ in before.values()) > 40
    for bit in range(len(names).bit_length()):
        for side in (0, 1):  # any two entries differ in a bit: each is changed once while the other is not
            some = {name for number, name in enumerate(names) if number >> bit & 1 == side}
            for path, (declared, light, key) in plan_of(site, changed(bodies, some)).items():
                if declared is None:
                    assert light == b""
                elif some.isdisjoint(declared):
                    assert (light, key) == before[path][1:], path
                else:
                    assert light != before[path][1], path


def test_what_other_pages_say_of_an_entry_is_in_the_outline(site):
    found, linked, _ = site
    before = plan_of(site)
    name = next(key for key, bodies in linked.bodies.items() if bodies and key[0] == "achievement")
    first, *rest = linked.bodies[name]
    other = {**linked.bodies, name: (replace(first, prose=replace(first.prose, lead="Another beginning.")), *rest)}
    assert all(light != before[path][1] for path, (_, light, _) in plan_of(site, other).items() if light)
    entry = found.portfolio.entries[0]
    entries = (replace(entry, source=replace(entry.source, yaml=entry.source.yaml + "tags: [new]\n")),)
    edited = replace(found, portfolio=replace(found.portfolio, entries=entries + found.portfolio.entries[1:]))
    assert all(light != before[path][1] for path, (_, light, _) in plan_of(site, found=edited).items() if light)
