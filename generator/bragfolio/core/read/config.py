"""Config: site.yaml and its overlay in private/."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bragfolio.core.read.entries import located, read_yaml_file
from bragfolio.core.read.shape import Issue, decode_sound, decode_tree
from bragfolio.model.entry import Source
from bragfolio.model.scalars import ScalarError, Url
from bragfolio.model.site import FORMAT, Redact, SiteConfig, SiteOverlay
from bragfolio.model.tree import PRIVATE, SourceTree, label
from bragfolio.problems import Problem, Span, error, has_errors

if TYPE_CHECKING:
    from bragfolio.core.read.yaml_tree import Tree

SITE_FILE = "site.yaml"
_WORDS: Final = re.compile(r"[^\W_]+")
_LANGUAGE: Final = re.compile(r"(?i)[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?")
"""A tag of language, script and region, as sites have them (RFC 5646, section 2.1)."""
_TAGS: Final = {
    "en": "english", "de": "german deutsch", "fr": "french français", "es": "spanish español castellano",
    "it": "italian italiano", "pt": "portuguese português", "nl": "dutch nederlands", "pl": "polish polski",
    "da": "danish dansk", "sv": "swedish svenska", "nb": "norwegian norsk", "fi": "finnish suomi", "cs": "czech čeština",
    "ga": "irish gaeilge", "tr": "turkish türkçe", "uk": "ukrainian українська", "ru": "russian русский",
    "el": "greek ελληνικά", "hu": "hungarian magyar", "ro": "romanian română", "ja": "japanese 日本語",
    "zh": "chinese 中文", "ko": "korean 한국어", "ar": "arabic العربية", "he": "hebrew עברית", "hi": "hindi हिन्दी",
}  # fmt: skip
"""Of languages by the names that people give them, in English and in themselves."""


def read_config(tree: SourceTree) -> tuple[SiteConfig, Source, list[Problem]]:
    """Return the settings, the defaults where they are broken, their place, and what is wrong with them."""
    file = tree.files.get(SITE_FILE)
    if file is None:
        source = Source(label(SITE_FILE), "", 1)
        hint = "run `brag init` in an empty folder, or write a site.yaml with format: 1 and title:"
        return SiteConfig(), source, [error("config-missing", "there is no site.yaml", Span(source.file), hint)]
    found, source, problems = read_yaml_file(file)
    if has_errors(problems):
        return SiteConfig(), source, problems
    config, issues = decode_sound(found, SiteConfig)
    issues += _rules(config, found) if config else []
    return config or SiteConfig(), source, problems + located(issues, source)


def read_config_overlay(tree: SourceTree) -> tuple[SiteOverlay | None, Source | None, list[Problem]]:
    """Return private/site.yaml, None where there is none or it is broken, its place, and what is wrong with it."""
    file = tree.files.get(PRIVATE + SITE_FILE)
    if file is None:
        return None, None, []
    found, source, problems = read_yaml_file(file)
    overlay, issues = decode_tree(found, SiteOverlay)
    return overlay, source, problems + located(issues, source)


def _rules(config: SiteConfig, tree: Tree) -> list[Issue]:
    issues = []
    if config.format != FORMAT:
        message = f"this portfolio is of format {config.format}; this version of Brag reads format {FORMAT}"
        issues.append(Issue(("format",), "format", message, "install the version of Brag that made it"))
    try:
        Url.parse_site(config.url or "https://localhost/")
    except ScalarError as wrong:
        issues.append(Issue(("url",), wrong.code, wrong.message, wrong.hint))
    if not _LANGUAGE.fullmatch(config.language):
        tag = next((tag for tag, names in _TAGS.items() if config.language.casefold() in names.split()), "")
        hint = f"write {tag}" if tag else "write its code: en, de, or pt-BR with the country (RFC 5646)"
        issues.append(Issue(("language",), "value", f"“{config.language[:40]}” is no code of a language", hint))
    if config.redact and config.repository == "public":
        hint = (
            "say repository: private if nobody else can read it; else write the public words, and yours in an overlay"
        )
        message = "in a public repository everybody reads the words that redact: replaces"
        issues.append(Issue(("redact",), "value-rule", message, hint, at_key=True))
    issues += [issue for index, rule in enumerate(config.redact) for issue in _redact_rules(index, rule)]
    if not isinstance(tree, dict) or not any(key in tree for key in ("title", "person")):
        issues.append(
            Issue((), "key-missing", "neither title: nor person: is given", "add title: and person: {name: ...}")
        )
    return issues


def _redact_rules(index: int, rule: Redact) -> list[Issue]:
    words, instead = (_WORDS.findall(text.casefold()) for text in (rule.text, rule.replacement))
    if not words:
        message = f"“{rule.text[:40]}” has no letter and no digit to be found by"
        return [Issue(("redact", index, "text"), "value", message, "write the words that are to be replaced")]
    said = any(instead[start : start + len(words)] == words for start in range(len(instead)))
    if not said:
        return []
    message = "what is read instead says the words that are to be replaced"
    return [Issue(("redact", index, "with"), "value-rule", message, "choose other words")]
