"""What is served, and to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from .. import Notebook
from ..errors import CablesearchError

MIN_PASSWORD_CHARS = 12  # a wrong one costs a second, and some may be tried at once
_ROOT_PATH = re.compile(r"(?:/\w[\w.~-]*+)*+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is served, and to whom.

    Attributes:
        index: the folder of the index.
        host: the address that is listened on.
        names: names by which the server may be asked for, besides `host`, `localhost` and addresses.
        password: that everybody has to give, None for none.
        redact: hide the names that drafters asked to protect. The lists of people, which name everybody, and
            the notebook are then not served.
        seconds: how long a request may take.
        at_once: how many requests are worked on at a time; more are refused.
        notebook: the file of the notebook; None for the one beside the index.
        others: the folders of more indexes, which are searched with it as one.
        root_path: what every address begins with, behind a proxy that shows the pages as a folder of a site.
    """

    index: Path
    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    password: str | None = None
    redact: bool = False
    seconds: float = 20
    at_once: int = 64
    notebook: Path | None = None
    others: tuple[Path, ...] = ()
    root_path: str = ""

    def __post_init__(self) -> None:
        """Check that nobody is served by mistake.

        Raises:
            CablesearchError: other machines could ask without a password, or it is a short one; or no address
                begins with the root path.
        """
        if self.password is None and not is_this_machine(self.host):
            raise CablesearchError(
                f"{self.host} can be reached from other machines: name a file that has a password in it,"
                " --password-file FILE"
            )
        if self.password is not None and len(self.password) < MIN_PASSWORD_CHARS:
            raise CablesearchError(f"the password is too short: it needs {MIN_PASSWORD_CHARS} characters")
        if not _ROOT_PATH.fullmatch(self.root_path):
            raise CablesearchError(f"no address begins with {self.root_path}: write a path, such as /cables")

    @property
    def is_private(self) -> bool:
        """Whether only this machine can ask: no password, name or root path says that others do."""
        told_of_others = self.password is not None or self.names or self.root_path
        return is_this_machine(self.host) and not told_of_others

    @property
    def shows_people(self) -> bool:
        """Whether lists of people may be shown: they name those, too, who are to be protected."""
        return not self.redact

    @property
    def indexes(self) -> tuple[Path, ...]:
        """The folders of all indexes."""
        return (self.index, *self.others)

    @property
    def notebook_file(self) -> Path | None:
        """The file of the notebook that is served, None for none.

        Others see a notebook only if it was named for them: what is beside the index is somebody's own. With
        `redact` nobody does, as a note may say who a protected source is.
        """
        if self.redact:
            return None
        if self.notebook or not self.is_private:
            return self.notebook
        return Notebook.beside(self.index).file

    def is_known(self, host: str) -> bool:
        """Whether a `Host` header names this server.

        A page of somebody else's, at whose name our address is registered (DNS rebinding), has another one.
        An address has no such page.
        """
        name = host_name(host)
        known = {"localhost", self.host.lower(), *(name.lower() for name in self.names)}
        return name in known or is_address(name)


def host_name(host: str) -> str:
    """Return the name or the address in a `Host` header, in lower case, without port and brackets."""
    name = host.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0].rstrip(".")


def is_address(name: str) -> bool:
    """Whether a host is an IP address."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_this_machine(host: str) -> bool:
    """Whether an address can be reached from this machine only."""
    return host == "localhost" or (is_address(host) and ip_address(host).is_loopback)
