"""What can go wrong, by meaning. Services raise these; `web/errors.py` turns them into pages."""

from __future__ import annotations

from collections.abc import Mapping

from extranet.i18n import Text


class ExtranetError(Exception):
    """Something went wrong that a person can be told about in words."""

    def __init__(self, message: Text) -> None:
        """Keep the message as a value; it is translated at the edge."""
        super().__init__(message)
        self.message = message


class NotFound(ExtranetError):
    """The thing does not exist, or the actor may not know that it does."""


class Gone(NotFound):
    """A link that works once was used, or is too old; the same for one that never was."""


class NotAllowed(ExtranetError):
    """The actor knows the thing but may not do this with it."""


class InvalidInput(ExtranetError):
    """What was filled in cannot be used; `fields` says per field why ('' is the whole form)."""

    def __init__(self, fields: Mapping[str, Text], message: Text | None = None) -> None:
        """Keep the messages by field name."""
        super().__init__(message or next(iter(fields.values())))
        self.fields = dict(fields)


class Conflict(ExtranetError):
    """Something changed meanwhile, so that this cannot be done as it was asked."""


class TooMany(ExtranetError):
    """Too many attempts; trying again makes sense after `retry_after` seconds."""

    def __init__(self, message: Text, retry_after: int) -> None:
        """Keep the message and the number of seconds to wait."""
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(ExtranetError):
    """Something that the program leans on does not answer; trying again later makes sense."""


class PluginError(ExtranetError):
    """A plugin does what the host refuses; the message is for who runs the installation."""
