"""Theme check: what can be told of a theme without a portfolio: names that no page has, files that are not there, faint colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment
from msgspec import Struct

from bragfolio.core.read.shape import nearest
from bragfolio.core.render import contexts
from bragfolio.core.render.contrast import faint_tokens, readable, spoken
from bragfolio.problems import Problem, Span, error, in_order

if TYPE_CHECKING:
    from bragfolio.core.render.theme import Theme

CONTEXT_OF: Final[dict[str, type[Struct]]] = {
    "home.html": contexts.HomeContext,
    "achievements.html": contexts.AchievementsContext,
    "achievement.html": contexts.AchievementContext,
    "skills.html": contexts.SkillsContext,
    "skill.html": contexts.SkillContext,
    "experience.html": contexts.ExperienceContext,
    "timeline.html": contexts.TimelineContext,
    "lately.html": contexts.LatelyContext,
    "search.html": contexts.SearchContext,
    "page.html": contexts.OwnPageContext,
    "one_pager.html": contexts.OnePagerContext,
    "campaign.html": contexts.CampaignContext,
    "headquarters.html": contexts.HeadquartersContext,
    "question.html": contexts.QuestionContext,
    "sources.html": contexts.SourcesContext,
    "404.html": contexts.NotFoundContext,
    "redirect.html": contexts.RedirectContext,
}
"""What each template of a page gets; any other, such as a layout, may count on `site` and `page` alone."""
_EVERYWHERE: Final = ("site", "page")
_HINT: Final = "see themes/README.md for what it gets"


def check_theme(theme: Theme) -> list[Problem]:
    """Return what is wrong with *theme*, by place."""
    environment = SandboxedEnvironment()
    problems: list[Problem] = []
    for name, source in theme.templates.items():
        if "/" in name and theme.origins[name] == theme.origins.get(name.partition("/")[2]):
            continue  # the topmost file, which has a short name, too
        context = CONTEXT_OF.get(name.rpartition("/")[2])
        allowed = context.__struct_fields__ if context else _EVERYWHERE
        problems += _faults(environment, source, theme.origins[name], allowed, theme.templates)
    for name, source in theme.texts.items():
        fields = contexts.AnnouncementContext.__struct_fields__
        problems += _faults(environment, source, theme.text_origins[name], fields, theme.texts)
    return in_order([*problems, *_faint(theme)])


def _faults(
    environment: SandboxedEnvironment, source: str, origin: str, allowed: tuple[str, ...], files: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield the names in a template that it does not get, and the templates that it names and that are not there."""
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as failure:
        span = Span(origin, failure.lineno, 1)
        yield error("theme", f"the template cannot be read: {failure.message}", span, "see themes/README.md")
        return
    known = {*allowed, *_made_here(tree)}
    unknown = meta.find_undeclared_variables(tree) - known
    for name in sorted(unknown):
        lines = [node.lineno for node in tree.find_all(nodes.Name) if node.name == name and node.ctx == "load"]
        guess = nearest(name, sorted(known))
        hint = f"did you mean “{guess}”?" if guess else _HINT
        yield error("theme", f"this template gets no “{name}”", Span(origin, min(lines, default=1), 1), hint)
    for target, line in _named(tree):
        if isinstance(target, nodes.Const) and target.value not in files:
            guess = nearest(str(target.value), list(files))
            hint = f"did you mean “{guess}”?" if guess else "write the name of a file, or theme/file"
            yield error("theme", f"there is no template “{target.value}”", Span(origin, line, 1), hint)


def _named(tree: nodes.Template) -> Iterator[tuple[nodes.Node, int]]:
    """Yield the templates that must be there for this one, as expressions with their lines."""
    yield from ((node.template, node.lineno) for node in tree.find_all(nodes.Extends))
    yield from ((node.template, node.lineno) for node in tree.find_all(nodes.Include) if not node.ignore_missing)
    yield from ((node.template, node.lineno) for node in tree.find_all(nodes.Import))
    yield from ((node.template, node.lineno) for node in tree.find_all(nodes.FromImport))


def _made_here(tree: nodes.Template) -> set[str]:
    """Return the names that a template imports or sets: they are there wherever it can see them."""
    imported = {
        name if isinstance(name, str) else name[1] for node in tree.find_all(nodes.FromImport) for name in node.names
    }
    return imported | {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}


def _faint(theme: Theme) -> Iterator[Problem]:
    for faint in faint_tokens(theme.colors):
        colors = theme.colors[faint.mode]
        message = (
            f"{faint.token} {colors[faint.token]} cannot be read on {faint.ground} {colors[faint.ground]} ({faint.mode}): "
            f"its contrast is {spoken(faint.ratio)}, it needs {spoken(faint.least)}"
        )
        grounds = [colors[ground] for ground in ("paper", "wash") if ground in colors]
        mended = readable(colors[faint.token], grounds, faint.least)
        hint = (
            f'write {faint.token} = "{mended}" in [colors.{faint.mode}]' if mended else "choose grounds that are nearer"
        )
        yield error("theme", message, Span(theme.toml), hint)
