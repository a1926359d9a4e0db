"""Who may ask: the names the server answers to, and the token that is needed beyond this machine."""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from typing import Final

from redan.vocabulary.errors import InputError

LOOPBACK_NAMES: Final = ("localhost", "127.0.0.1", "[::1]")
#: [characters] a token of random letters and digits that is shorter can be guessed.
SHORTEST_TOKEN: Final = 16
LONGEST_TOKEN: Final = 256


@dataclass(frozen=True)
class Rules:
    """Who may ask.

    Attributes
    ----------
    names
        Host names, without port, to which a request must be addressed; empty: any, because of the token.
    token
        What a request must bring; None: nothing, on loopback alone.
    """

    names: frozenset[str]
    token: str | None

    def answers_to(self, host: str) -> bool:
        """Whether a request with this `Host` header is meant for this server.

        A page from elsewhere can have its own name resolved to this machine (DNS rebinding); its requests
        then carry that name.
        """
        return not self.names or _without_port(host).lower() in self.names

    def admits(self, given: str | None) -> bool:
        """Whether a token is the right one; takes as long for a wrong one."""
        if self.token is None:
            return True
        return given is not None and hmac.compare_digest(given.encode(), self.token.encode())


def rules_for(host: str, token: str | None) -> Rules:
    """Return the rules of a server that listens at `host`.

    Raises
    ------
    InputError
        It listens beyond this machine without a token, or the token is none.
    """
    if token is not None:
        allowed = token.isascii() and token.isprintable() and " " not in token
        if not (SHORTEST_TOKEN <= len(token) <= LONGEST_TOKEN and allowed):
            problem = f"must have {SHORTEST_TOKEN} to {LONGEST_TOKEN} letters and digits"
            raise InputError.of("--token", 0, "token", problem, f"for instance --token {proposal()}")
        return Rules(frozenset(), token)
    if not is_loopback(host):
        problem = "is reached from other machines, and then a token is needed"
        remedy = f"add --token {proposal()}, or leave --host out"
        raise InputError.of("--host", 0, host, problem, remedy)
    own = host if ":" not in host else f"[{host}]"
    return Rules(frozenset((*LOOPBACK_NAMES, own.lower())), None)


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def proposal() -> str:
    """Return a new token that nobody can guess."""
    import secrets

    return secrets.token_urlsafe(24)


def _without_port(host: str) -> str:
    """`[::1]:8000` -> `[::1]`, `localhost:8000` -> `localhost`."""
    end = host.rfind("]") + 1
    return host[:end] if host.startswith("[") and end else host.partition(":")[0]
