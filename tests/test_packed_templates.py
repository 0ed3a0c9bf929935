"""Packed templates: the program brings what Jinja makes of its own templates, and uses it for nothing else."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from bragfolio.app.build import Renderer, plan_build
from bragfolio.app.prepare import link_for, read
from bragfolio.app.themes import load_theme
from bragfolio.core.render.dialect import module_of
from bragfolio.core.render.engine import Engine
from bragfolio.edge.bundled import packed_code, themes_folder

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted(themes_folder().glob("*/templates/**/*.html"))


def test_every_template_is_packed():
    missing = [path for path in TEMPLATES if packed_code(module_of(path.read_text(encoding="utf-8"))) is None]
    assert TEMPLATES
    assert missing == []


def test_a_changed_template_is_not_answered_with_code_for_the_old_one():
    source = TEMPLATES[0].read_text(encoding="utf-8")
    assert packed_code(module_of(source + "<!-- mine -->")) is None


@pytest.mark.parametrize("theme", ["ledger", "folio", "compact"])
def test_packed_templates_fill_as_fresh_ones_do(theme):
    found = read(ROOT, dt.date(2026, 8, 15))
    linked, _, _ = link_for(found, "self")
    config = found.portfolio.config
    chosen = replace(config, theme=theme, theme_options={})
    loaded, _ = load_theme(ROOT, chosen, found.portfolio.config_source)
    assert loaded
    asked = []

    def find(module):
        asked.append(packed_code(module) is not None)
        return packed_code(module)

    fresh, packed = Engine(loaded), Engine(loaded, find)
    plan, _ = plan_build(ROOT, found, linked, Renderer(loaded, packed, []), base_url=None, with_pdf=False)
    assert plan
    first = {job.template: job for job in plan.jobs}
    for template, job in first.items():
        assert packed.render(template, job.context()) == fresh.render(template, job.context()), template
    assert len(asked) > 10
    assert all(asked)
