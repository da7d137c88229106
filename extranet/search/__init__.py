"""Finding things in a region: members, bodies, seats, people and basistaken.

Owns: how a question is asked and how answers are ordered. Does not own: what it finds, nor who
may see it: it only looks within the region of the one who asks.
"""
