"""Finding things in a region: members, bodies, seats, people, basistaken and documents.

Owns: how a question is asked and how answers are ordered. Does not own: what it finds, nor who
may see it: it only looks within the region of the one who asks.
"""
