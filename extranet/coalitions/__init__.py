"""Coalitions of the willing: who works together beyond the base, on which plustaken.

Owns: initiatives and interest, participation with its consent, guests, the threshold, the plustaken
of a coalition and when one may go live. Does not own: what a plustaak does (its plugin), its
agreement (`agreements`), its money (`money`) or its documents (`documents`).
"""
