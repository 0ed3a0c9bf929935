"""Memory: what a scan found clean, so that the next one reads only what is new; there is no word of a portfolio in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import DecodeError, Struct
from msgspec.msgpack import Decoder, Encoder

from bragfolio.core.scan.protected import Hidden, Known, Part, Protected, protect


class Memory(Struct, frozen=True):
    """What one build found out, for the next."""

    about: bytes
    """A digest of everything else that the answers depend on: the program, the audience, which pages may say more."""
    known: tuple[Known, ...]
    """For each question."""
    clean: dict[str, str]
    """The digest of each published file, by path: none of them told anything protected."""


class Question(Struct, frozen=True):
    """What to look for."""

    hidden: Sequence[Part[Hidden]]
    allowed: Iterable[Part[str]]
    """What may be said all the same, as `protect` takes it."""


def recall(about: bytes, questions: Sequence[Question], before: Memory | None) -> tuple[tuple[Protected, ...], Memory]:
    """Return what must not be found, by question, and what is known from *before*.

    A file that was clean is so still unless something is protected now that was not then: new hidden texts, or the only
    visible text that said it is gone. Then no file is.
    """
    if before and (before.about != about or len(before.known) != len(questions)):
        before = None
    answers = [
        protect(question.hidden, question.allowed, before.known[number] if before else None)
        for number, question in enumerate(questions)
    ]
    clean = {} if before is None or any(has_grown for _, _, has_grown in answers) else before.clean
    return tuple(protected for protected, _, _ in answers), Memory(
        about, tuple(known for _, known, _ in answers), clean
    )


def pack_memory(memory: Memory) -> bytes:
    """Return *memory* as bytes."""
    return Encoder().encode(memory)


def unpack_memory(packed: bytes) -> Memory | None:
    """Return what `pack_memory` took, None when it is something else."""
    try:
        memory = Decoder(Memory).decode(packed)
    except (DecodeError, ValueError):
        return None
    prints = [some for known in memory.known for some in (*known.prints.values(), *known.said.values())]
    return None if any(len(some) % 8 for some in prints) else memory
