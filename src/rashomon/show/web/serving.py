"""The door: an address, a token, a server."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Sequence

import uvicorn

from rashomon.base.errors import CaseError
from rashomon.base.store import CaseFolder
from rashomon.show.web.app import application
from rashomon.show.web.desk import Judge
from rashomon.show.web.guard import LOCAL


def serve(
    folder: CaseFolder,
    judge: Judge,
    verbs: Sequence[str],
    *,
    host: str = "127.0.0.1",
    port: int = 8470,
    allowed: Sequence[str] = (),
    token: str | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Serve a case until interrupted. `allowed` are further names by which this machine may be
    asked; `token` None makes one, "" goes without. `say` is told the address to open.

    CaseError where the port is taken.
    """
    token = secrets.token_urlsafe(24) if token is None else token
    app = application(folder, judge, verbs, token=token, hosts=[*LOCAL, host, *allowed])
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    say(address + (f"?token={token}" if token else ""))
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=5,
        limit_concurrency=200, h11_max_incomplete_event_size=32_000, proxy_headers=False, ws="none",
        lifespan="off",
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise CaseError(
            f"{host}:{port} cannot be listened on ({error.strerror}): choose another --port"
        ) from error
    listening.set_inheritable(True)
    return listening
