"""The first pages somebody sees: where to go, and how a region stands today.

Owns: nothing of its own; it reads from every domain below. Does not own: any rule or figure.
"""
