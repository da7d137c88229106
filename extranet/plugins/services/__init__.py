"""Verbs of the plugin host, and those that it lends to plugins."""
