"""What a Chroma server's refusal means, in words that name the setting to look at and quote no server."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import suppress

import httpx

_REFUSED = {401, 403}
_PORTS = {"https": 443}
_LOOK = "Look at CHROMA_URL and the server"


def server_fault(error: BaseException) -> str | None:
    """What is wrong with the way to the server, in a part of a line; None when it is something else."""
    for one in _chain(error):
        if isinstance(one, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(one):
            return (
                "the Chroma server's certificate is not trusted. Set CHROMA_CA_FILE to the certificates that it is "
                "checked against, and CHROMA_URL to a name that it is for"
            )
        if isinstance(one, ssl.SSLError) and "NO_CERTIFICATE" in str(one):
            return "CHROMA_CA_FILE holds no certificate. Write them in PEM"
        if isinstance(one, httpx.HTTPStatusError):
            status = one.response.status_code
            if status in _REFUSED:
                return f"the Chroma server wants another CHROMA_TOKEN, or one at all (HTTP {status})"
            if one is error or type(error) is Exception:  # else it is Chroma's own error, with a reason
                return f"the Chroma server, or the proxy in front of it, answers with HTTP {status}. {_LOOK}"
    return _unreachable(error)


def _unreachable(error: BaseException) -> str | None:
    for one in _chain(error):
        if isinstance(one, httpx.NetworkError | httpx.TimeoutException | httpx.RemoteProtocolError):
            told = str(one).splitlines()[0][:200] if str(one) else type(one).__name__
            with suppress(RuntimeError):  # it knows of no request
                return f"no answer from the Chroma server at {server_address(str(one.request.url))} ({told}). {_LOOK}"
    return None


def server_address(url: str) -> str:
    """Host and port of a server, without the user and the password that an address may carry."""
    parts = httpx.URL(url)
    host = f"[{parts.host}]" if ":" in parts.host else parts.host
    return f"{host}:{parts.port or _PORTS.get(parts.scheme, 80)}"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
