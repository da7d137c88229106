"""Verbs that change agreements; each takes a version that `lock_version` kept from others."""
