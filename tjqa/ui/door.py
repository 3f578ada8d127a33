"""Who is let in to what tjqa serves on this computer: the one who was told the key.

Everything lies below a key in the path, on 127.0.0.1 only; a request by another name of this computer (a page elsewhere
may give it one) or from a page of another origin is refused.
"""

from __future__ import annotations

import hmac
import secrets

HOST = "127.0.0.1"


class Door:
    """A port of this computer with its key, new each time."""

    def __init__(self, port: int) -> None:
        self.key = secrets.token_urlsafe(16)
        self.own = f"{HOST}:{port}"

    def lets(self, host: str | None, origin: str | None, path: str) -> bool:
        """Whether a request with these headers may pass; without an origin it comes from no page."""
        known = path.partition("/")[2].partition("/")[0]
        # A path may hold any bytes; those that are no text come as halves of characters.
        key_fits = hmac.compare_digest(known.encode("utf-8", "surrogatepass"), self.key.encode())
        return host == self.own and origin in (None, f"http://{self.own}") and key_fits
