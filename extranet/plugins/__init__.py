"""The plugin host: finds plugins, checks them, switches them on and off, and keeps them apart.

Owns: the hooks, what a plugin may contribute and declare, the two-level switch, settings,
summaries, public addresses and the erasure of personal data of plugins. Does not own: what a
plugin does, or what a plustaak is (`coalitions`). Only this package imports pluggy; plugins
import `extranet.api`, and for their tests `extranet.plugins.testing`.
"""
