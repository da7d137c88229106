"""Reads of the plugin host."""
