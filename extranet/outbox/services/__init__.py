"""The verbs of the outbox; other domains only queue."""

from extranet.outbox.services.queueing import queue_mail

__all__ = ["queue_mail"]
