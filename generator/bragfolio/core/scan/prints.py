"""Prints: runs of words as numbers of 64 bits, the same in every run of the program, which nobody can read."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bragfolio.core.scan.words import words_of

_MOST_WORDS: Final = 1 << 18
"""Different words whose numbers are kept."""


class _Numbers(dict[str, int]):
    """A number of 56 bits for each word: of those Python's hash is the number itself."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        number = int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=7).digest())
        self[word] = number
        return number


_NUMBERS: Final = _Numbers()


def numbers_of(text: str) -> list[int]:
    """Return the words of *text*, each as a number."""
    return numbers_of_words(words_of(text))


def numbers_of_words(words: Iterable[str]) -> list[int]:
    """Return each of *words* as a number."""
    return list(map(_NUMBERS.__getitem__, words))


def prints_of(numbers: Sequence[int], length: int) -> Iterator[int]:
    """Yield the print of every run of *length* words; that of a single word is its number.

    The hash of a tuple of numbers is used: it is made in C, and, unlike that of text, has no seed that changes with each
    process. It changes with the version of Python, so what is kept must say by which it was made.
    """
    if length == 1:
        return iter(numbers)
    return map(hash, zip(*(numbers[start:] for start in range(length)), strict=False))


def pack(prints: Iterable[int]) -> bytes:
    """Return *prints* as bytes, in any order."""
    return array("q", prints).tobytes()


def unpack(packed: bytes) -> frozenset[int]:
    """Return what `pack` took. Raise ValueError where that cannot be."""
    prints = array("q")
    prints.frombytes(packed)
    return frozenset(prints)
