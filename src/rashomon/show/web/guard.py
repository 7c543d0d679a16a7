"""The guard stands before every page. It answers what may not pass, and seals what leaves.

- Host: only names that were allowed, so that no foreign name can be pointed at this machine.
- Token: the address that is printed at the start holds it; from then on a cookie does.
- Change: only by POST, from the same origin (Origin, Sec-Fetch-Site) and with the form's own token.
- Size: of the address and of what is sent.
- Content-Security-Policy: nothing from elsewhere, no inline script or style, no frame.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LONGEST_ADDRESS = 4_000
LARGEST_BODY = 64_000
LOCAL = ("localhost", "127.0.0.1", "::1")
_SEALS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class TooLargeError(Exception):
    """More was sent than is taken; the application answers it with status 413."""


@dataclass(frozen=True, slots=True)
class Secret:
    """The token of one run; "" lets everyone in who reaches the address."""

    token: str

    def of(self, what: str) -> str:
        """Another secret made from it: the cookie's, the forms'."""
        return hmac.new(self.token.encode(), what.encode(), hashlib.sha256).hexdigest()

    def holds(self, given: str, what: str = "") -> bool:
        """Whether what was given is the token (or the secret made from it)."""
        wanted = self.of(what) if what else self.token
        return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


@dataclass(frozen=True, slots=True)
class Guard:
    """ASGI middleware. `hosts` are names without a port."""

    app: App
    secret: Secret
    hosts: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        request = _Request(scope)
        sealed = _sealed(send)
        refusal = self._refusal(request)
        if refusal:
            await _say(sealed, *refusal)
        elif self.secret.token and (token := request.token()) and self.secret.holds(token):
            await _say(sealed, 303, "", self._admission(request))
        elif self.secret.token and not self._admitted(request):
            await _say(sealed, 401, _NOT_ADMITTED)
        else:
            await self._pass(scope, receive, sealed)

    def _refusal(self, request: _Request) -> tuple[int, str] | None:
        if request.host_name() not in self.hosts:
            return 421, "This machine does not answer to that name."
        if request.length() > LONGEST_ADDRESS:
            return 414, "The address is too long."
        if request.method not in ("GET", "HEAD", "POST"):
            return 405, "Pages are read, and forms are sent; nothing else."
        if request.declared() > LARGEST_BODY:
            return 413, "More was sent than is taken."
        if request.method == "POST" and not request.same_origin():
            return 403, "A change must come from a page of this reading room."
        return None

    def _admitted(self, request: _Request) -> bool:
        return self.secret.holds(request.cookie(), "cookie")

    def _admission(self, request: _Request) -> list[tuple[str, str]]:
        cookie = f"{request.cookie_name()}={self.secret.of('cookie')}"
        return [
            ("location", request.without_token()),
            ("set-cookie", f"{cookie}; Path=/; HttpOnly; SameSite=Strict"),
        ]

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > LARGEST_BODY:
                raise TooLargeError
            return message

        await self.app(scope, bounded, send)


_NOT_ADMITTED = (
    "Open the address that was printed when the reading room was started: it ends in ?token=…"
)


class _Request:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.method = str(scope["method"])
        self.headers: dict[str, str] = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }

    def host_name(self) -> str:
        try:
            return (urlsplit(f"//{self.headers.get('host', '')}").hostname or "").lower()
        except ValueError:
            return ""

    def length(self) -> int:
        return len(self.scope.get("raw_path") or b"") + len(self.scope["query_string"])

    def declared(self) -> int:
        length = self.headers.get("content-length", "0")
        return int(length) if length.isdigit() and len(length) < 12 else LARGEST_BODY + 1

    def same_origin(self) -> bool:
        """Browsers say where a form comes from in Origin, newer ones in Sec-Fetch-Site as well."""
        site, origin = self.headers.get("sec-fetch-site"), self.headers.get("origin")
        if site is not None and site != "same-origin":
            return False
        if origin is not None:
            return origin == f"{self.scope['scheme']}://{self.headers['host']}"
        return site == "same-origin"

    def token(self) -> str:
        return dict(self._query()).get("token", "") if self.method == "GET" else ""

    def without_token(self) -> str:
        """The same page without the token; a path that begins with two slashes is no page."""
        path = "/" + str(self.scope["path"]).lstrip("/\\")
        kept = [(name, value) for name, value in self._query() if name != "token"]
        return urlsplit(path)._replace(query=urlencode(kept)).geturl() if kept else path

    def _query(self) -> list[tuple[str, str]]:
        return parse_qsl(self.scope["query_string"].decode("latin-1"), max_num_fields=100)

    def cookie_name(self) -> str:
        return f"rashomon-{(self.scope.get('server') or ('', 0))[1]}"

    def cookie(self) -> str:
        try:
            found = SimpleCookie(self.headers.get("cookie", "")).get(self.cookie_name())
        except CookieError:
            return ""
        return found.value if found else ""


def _sealed(send: Send) -> Send:
    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = [(n, v) for n, v in message["headers"] if n.lower().decode() not in _SEALS]
            message["headers"] = [*given, *((n.encode(), v.encode()) for n, v in _SEALS.items())]
        await send(message)

    return sealed


async def _say(send: Send, status: int, text: str, more: Iterable[tuple[str, str]] = ()) -> None:
    headers = [("content-type", "text/plain; charset=utf-8"), *more]
    coded = [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": coded})
    await send({"type": "http.response.body", "body": text.encode()})
