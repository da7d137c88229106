"""Passwords: argon2id, a length rule, a check on common ones, no composition rules (ASVS 6.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from extranet.errors import InvalidInput
from extranet.i18n import Text

SHORTEST, LONGEST = 12, 256
# Words that everyone would try first at this site.
SITE_WORDS = ("extranet", "gemeente", "provincie", "waterschap", "regio", "welkom", "wachtwoord")


@cache
def _hasher(memory_kib: int) -> PasswordHasher:
    return PasswordHasher(memory_cost=memory_kib, time_cost=3, parallelism=1)


@cache
def _nobodys_hash(memory_kib: int) -> str:
    return _hasher(memory_kib).hash("nobody has this password")


@cache
def _common() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"])


def hash_password(password: str, *, memory_kib: int) -> str:
    """Return the argon2id hash of a password."""
    return _hasher(memory_kib).hash(password)


def verify_password(stored: str | None, password: str, *, memory_kib: int) -> bool:
    """Tell whether the password is right; takes as long when there is no account."""
    hasher = _hasher(memory_kib)
    try:
        hasher.verify(stored or _nobodys_hash(memory_kib), password)
    except VerificationError:
        return False
    return stored is not None


def needs_rehash(stored: str, *, memory_kib: int) -> bool:
    """Tell whether a hash was made with other parameters than today's."""
    return _hasher(memory_kib).check_needs_rehash(stored)


def refuse_weak(password: str, *, context: Iterable[str]) -> None:
    """Raise InvalidInput when a password is too short, too long or easy to guess.

    `context` are words of the person: name and e-mail address.
    """
    if len(password) < SHORTEST:
        raise _refusal(Text("Use at least %(n)s characters.", n=SHORTEST))
    if len(password) > LONGEST:
        raise _refusal(Text("Use at most %(n)s characters.", n=LONGEST))
    plain = password.lower()
    if plain in _common() or len(set(plain)) < 5:
        raise _refusal(Text("This password is among those that are tried first. Choose another."))
    words = {word for text in (*context, *SITE_WORDS) for word in _words(text)}
    rest = plain
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    if _is_row(plain) or _is_common_with_a_tail(plain):
        raise _refusal(Text("This password is among those that are tried first. Choose another."))
    if len(rest) < SHORTEST // 2:
        raise _refusal(Text("This password looks too much like your name or this site."))


def _is_row(plain: str) -> bool:
    """Tell whether most signs are the same as the one before, or the next in line: 12345."""
    steps = [ord(after) - ord(before) for before, after in pairwise(plain)]
    return sum(step in (-1, 0, 1) for step in steps) * 4 >= len(steps) * 3


def _is_common_with_a_tail(plain: str) -> bool:
    """Tell whether it is a common password, perhaps twice, with figures and signs around it.

    Of the list only few are as long as we ask; the long ones that people use are made of them.
    """
    words = re.findall(r"[^\W\d_]+", plain)
    own = len(plain) - sum(map(len, words))
    return len(set(words)) == 1 and own < SHORTEST - 4 and words[0] in _common()


def _words(text: str) -> list[str]:
    parts = text.lower().replace("@", " ").replace(".", " ").replace("-", " ").split()
    return [part for part in parts if len(part) > 2]


def _refusal(message: Text) -> InvalidInput:
    return InvalidInput({"password": message})
