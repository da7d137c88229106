"""The room for the plugin host: the only place that will import pluggy.

Owns nothing yet; `docs/architecture.md` says how the core was laid out for it.
"""
