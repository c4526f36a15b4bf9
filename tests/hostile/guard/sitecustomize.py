"""Loaded by every Python process that finds it on its path, workers and all: writes down each attempt to reach out.

Sockets of the Unix family join processes of one machine and are left out, and so is a socket that is only opened and
bound to this machine's own address: urllib3, which trafilatura imports, asks in that way whether there is IPv6.
"""

import os
import sys

REACHING = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
                      "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request", "http.client.connect",
                      "ftplib.connect", "smtplib.connect"})  # fmt: skip


def _watch(event: str, given: tuple[object, ...]) -> None:
    address = given[1] if len(given) > 1 and event.startswith("socket.") else None
    path = event in ("socket.connect", "socket.bind") and isinstance(address, (str, bytes))
    inside = path or (event == "socket.bind" and address == ("::1", 0))
    local = event == "socket.sendmsg" and given[0].family == 1  # type: ignore[attr-defined]
    if event in REACHING and not inside and not local:
        with open(os.environ["AUDIT_SOCKETS"], "a", encoding="utf-8") as file:  # noqa: PTH123 - imports stay few
            file.write(f"{os.getpid()} {event} {given!r}\n")


with open(os.environ["AUDIT_SOCKETS"], "a", encoding="utf-8") as _file:  # noqa: PTH123
    _file.write(f"{os.getpid()} began\n")
sys.addaudithook(_watch)
