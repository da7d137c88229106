"""Who works together: regions, organisations, memberships, bodies, seats and population figures.

Owns: the tenant boundary (the region), the national list of organisations, who is a member from
when until when, the bodies and the seats, and the population snapshots. Does not own: the people
on the seats (`people`), or what membership costs (`money`).
"""
