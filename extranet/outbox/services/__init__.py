"""The verbs of the outbox; other domains only queue."""

from extranet.outbox.services.queueing import queue_job, queue_mail, retry_job

__all__ = ["queue_job", "queue_mail", "retry_job"]
