"""Passwords: Argon2id with 19 MiB, two passes, one lane (OWASP's second choice for servers).

Hashing runs in two threads of its own: a flood of sign-ins waits there and leaves the rest of the
process, and its memory, alone.
"""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import argon2

from yizhan.domains.identity import errors

_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")

SHORTEST = 8
LONGEST = 256


@cache
def _nobody() -> str:
    """A hash that no password opens: checking it takes as long as checking a real one."""
    return _HASHER.hash(secrets.token_urlsafe(32))


def check_strength(password: str, *, email: str) -> None:
    """Errors: WeakPassword."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise errors.WeakPassword
    if password.strip().lower() in ("", email.lower(), email.lower().split("@")[0]):
        raise errors.WeakPassword


def generate() -> str:
    """A first password for somebody to be told: 96 random bits."""
    return secrets.token_urlsafe(12)


async def hash_of(password: str) -> str:
    """What is stored of a password."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def matches(password: str, stored: str | None) -> bool:
    """Whether a password is the stored one. Takes the same time when there is none."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _verify, password, stored)


def _verify(password: str, stored: str | None) -> bool:
    try:
        _HASHER.verify(stored or _nobody(), password)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)
