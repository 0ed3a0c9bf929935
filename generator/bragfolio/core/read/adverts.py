"""Adverts: which parts of a job advert's text list what it requires, and which what it would like to see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

_BULLET: Final = re.compile(r"[ \t]*(?:[-*+•·▪◦‣–—]|\d{1,2}[.)])[ \t]+")
_MARKDOWN_HEADING: Final = re.compile(r"#{1,6}\s+\S|(\*\*|__)[^*_]+\1:?$")
_MAX_HEADING: Final = 60
"""Characters of a line that may be a heading."""
_MUST: Final = re.compile(
    r"(?:(?:the|our|key|job|minimum|basic|core|essential|required|technical|candidate|mandatory|main) )*"
    r"(?:requirements?|qualifications?|skills|skills (?:and|&) (?:experience|qualifications)|experience|criteria|essentials?|profile"
    r"|must[- ]haves?|person specification)(?: (?:and|&) (?:skills|experience|qualifications|requirements))?"
    r"|what (?:you|you'll|you will) (?:bring|need|have)(?: .*)?|what we(?:'re| are)? (?:look(?:ing)? for|expect|ask|need|require)(?: .*)?"
    r"|who you are|about you|you|you (?:have|bring|are|need|offer|must have)|your (?:profile|skills|experience|background|qualifications)"
    r"|we (?:ask|look|are looking) for|we(?:'re looking for)|we (?:expect|require|need)|you should have|to succeed you need"
    r"|anforderungen|ihr profil|dein profil|das bringst du mit|das bringen sie mit|profil recherché|functie-eisen|wat vragen wij"
)
_NICE: Final = re.compile(
    r"nice[- ]to[- ]haves?|good[- ]to[- ]have|(?:preferred|desirable|desired|additional|optional)(?: (?:qualifications?|skills|experience"
    r"|criteria|requirements?))*|bonus(?: (?:points|skills))?(?: (?:if|for).*)?|pluses|plus points|a plus|advantages?"
    r"|(?:it's|it is|it would be|also) (?:a plus|an advantage|nice)(?: .*)?|would be nice|wünschenswert|von vorteil|pluspunkte|pré|atouts"
)
_OTHER: Final = re.compile(
    r"what we offer|we offer|what you get|benefits?|perks|our offer|about (?:us|the .+)|who we are|(?:key |main )?(?:responsibilities|duties|tasks)"
    r"|your (?:tasks|responsibilities|role|mission)|you will|what you(?:'ll| will) (?:do|be doing)|the (?:role|job|team|company)|how to apply"
    r"|to apply|apply|salary|compensation|location|hours|contact|our (?:stack|team|process)|interview process|wir bieten|ihre aufgaben"
)
_LIKED: Final = re.compile(
    r"\b(?:an?|big|strong|definite|real) (?:plus|advantage|bonus|asset)\b|\bnice to have\b|\bgood to have\b|\bdesirable\b|\bpreferred\b"
    r"|\bnot required\b|\boptional\b|\bvon vorteil\b|\bwünschenswert\b",
    re.IGNORECASE,
)
"""A clause with one of these is a wish."""
_ASKED: Final = re.compile(
    r"\bwe(?:'re| are)? (?:now |currently |also )?(?:look(?:ing)? for|seek(?:ing)?|search(?:ing)? for|want|need)\b|\bwir suchen\b"
    r"|\byou(?:'ll| will| should| must)? (?:have|bring|need|be experienced)\b|\bmust have\b|\b(?:is|are) (?:required|essential|a must)\b",
    re.IGNORECASE,
)
"""A clause with one of these asks for what it names, outside the lists too."""
_RATHER: Final = re.compile(r"\b(?:preferably|ideally)\b", re.IGNORECASE)
"""What follows in the clause is a wish."""
_CLAUSE_END: Final = re.compile(r"(?<=[;.!?])\s+")


class Sections(Struct, frozen=True):
    """The text of an advert by what it is for; clauses, each on a line."""

    must: str = ""
    """What it requires, where it lists that."""
    nice: str = ""
    """What it would like to see."""
    rest: str = ""
    asked: str = ""
    """What of the rest asks for something all the same, in a sentence of its own: we are looking for ..."""


class _Block(Struct):
    kind: str
    """A field of `Sections`."""
    text: str


def sections_of(advert: str) -> Sections:
    """Return the sections of *advert*: by headings such as `Requirements` and `Nice to have`, and by words such as `is a plus`."""
    clauses: dict[str, list[str]] = {"must": [], "nice": [], "rest": [], "asked": []}
    for block in _blocks(advert):
        for kind, clause in _clauses(block):
            clauses[kind].append(clause)
    return Sections(**{kind: "\n\n".join(texts) for kind, texts in clauses.items()})


def _clauses(block: _Block) -> Iterator[tuple[str, str]]:
    for clause in _CLAUSE_END.split(block.text):
        if _LIKED.search(clause):
            yield "nice", clause
            continue
        rather = _RATHER.search(clause)
        said = clause[: rather.start()] if rather else clause
        yield block.kind, said
        if block.kind == "rest" and _ASKED.search(said):
            yield "asked", said
        if rather:
            yield "nice", clause[rather.end() :]


def _blocks(advert: str) -> list[_Block]:
    """Return the paragraphs and the items of lists, wrapped lines joined, headings left out."""
    lines = advert.replace("’", "'").split("\n")
    blocks: list[_Block] = []
    kind, ends_at_gap, has_items, after_gap = "rest", False, False, True
    for number, line in enumerate(lines):
        if not line.strip():
            kind = "rest" if ends_at_gap else kind
            ends_at_gap, after_gap = False, True
            continue
        bullet = _BULLET.match(line)
        is_item = bullet is not None
        heading = None if is_item else _heading(line.strip(), is_list_next=_is_list_next(lines, number))
        if heading:
            kind, text = heading
            ends_at_gap, has_items = bool(text), False
        else:
            text = line[bullet.end() if bullet else 0 :].strip()
            if after_gap and has_items and not is_item:  # a paragraph behind a list is about something else
                kind, has_items = "rest", False
            has_items |= is_item
        if text and blocks and not (after_gap or is_item or heading):
            blocks[-1].text += f" {text}"
        elif text:
            blocks.append(_Block(kind, text))
        after_gap = bool(heading) and not text
    return blocks


def _is_list_next(lines: list[str], number: int) -> bool:
    following = next((line for line in lines[number + 1 : number + 3] if line.strip()), "")
    return bool(_BULLET.match(following))


def _heading(line: str, *, is_list_next: bool) -> tuple[str, str] | None:
    """Return the section that *line* begins, and what of it stands behind the colon; None when it is no heading."""
    label, colon, text = line.partition(":")
    words = label.strip(" #*_-–—").casefold()
    is_short = len(label) <= _MAX_HEADING
    kind = _kind_of(words) if is_short else ""
    text = text.strip(" *_")
    if kind and (not text or kind != "rest"):
        return kind, text
    is_marked = _MARKDOWN_HEADING.match(line) or (colon and not text)
    if is_short and not text and (is_marked or (is_list_next and not line.endswith((".", ";", ",")))):
        return "rest", ""
    return None


def _kind_of(words: str) -> str:
    for kind, pattern in (("must", _MUST), ("nice", _NICE), ("rest", _OTHER)):
        if pattern.fullmatch(words):
            return kind
    return ""
