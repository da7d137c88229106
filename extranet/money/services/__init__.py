"""Verbs that change money; every one of them refuses to touch an adopted version.

Importing the package puts the guard of `freezing` on every session.
"""

from extranet.money.services import freezing as freezing
