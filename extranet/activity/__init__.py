"""The append-only log of every change: who, for which organisation, what, before and after.

Owns: the entries and how they are listed. Does not own: personal values, which are never written
in it (people appear by number and are named when the list is shown), or the events themselves.
"""
