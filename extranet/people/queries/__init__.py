"""Reads about people: who is signed in, who sits where, invitations and accounts.

What the other domains and the doors lean on is named here; the modules hold what this domain's
own pages show.
"""

from extranet.people.queries.signing_in import find_actor, find_holder, hash_token

__all__ = ["find_actor", "find_holder", "hash_token"]
