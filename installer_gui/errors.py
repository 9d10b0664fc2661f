"""The exceptions that may cross a layer.

    DriftklarError
    ├── BadInput             something the user gave us: told in one line, in the user's language
    │   └── NotOurs          a file of another kind or of a newer version of this program
    ├── Malformed            bytes from the network that do not follow their protocol (raised by the codecs only)
    └── Unavailable          a port could not look (defined in ports.unavailable)

A failing network is none of these: it is data. Anything else that is raised is a bug; the runner, the command
line's main and the core thread are the only places that catch it.
"""


class DriftklarError(Exception):
    """Base of every exception that is meant to be caught by another layer."""


class BadInput(DriftklarError):
    """The user's input cannot be used. `code` names the sentence in the catalogue, `values` fill its placeholders.

    `others` is what else is wrong with the same file, each a line of its own.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values
        self.others: tuple[BadInput, ...] = ()

    def __str__(self) -> str:
        return f"{self.code} {self.values}" if self.values else self.code


class NotOurs(BadInput):
    """A file that is not ours, or that a newer version of this program wrote."""


class Malformed(DriftklarError):
    """Bytes do not follow the protocol that they claim to be."""
