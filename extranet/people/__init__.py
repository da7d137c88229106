"""People and doors: accounts, who sits on which seat, invitations and signing in.

Owns: persons, their tenures on seats, invitations, second factors, sign-in sessions, password
resets and attempt counters. Does not own: the seats and roles (`membership`, `extranet.access`).
"""
