"""Who may look after the mail of the installation: the operator."""

from __future__ import annotations

from extranet.access import permission

OPERATE_MAIL = permission("outbox.mail.operate", operator=True)
