"""What the collaboration costs, who pays which part of it, and why.

Owns: households, budgets with their versions and lines, funding sources, the allocation key
(verdeelsleutel) and the contributions. Does not own: who is a member or how many inhabitants it
has (`membership`), what the money is spent on (`basistaken`), or who may start a plustaak: a
household is owned from above.
"""
