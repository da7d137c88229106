"""Agreements: articles in versions, the parties that consent to them, and when they are in force.

Owns: agreements with their versions, articles, parties and consents, and the model clauses of a
region. Does not own: what an agreement is for. It belongs to an `owner` ('plustaak:12') that a
domain above knows; that domain names the parties and decides who may edit.
"""
