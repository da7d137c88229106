"""Verbs that change something; each takes the session and the actor."""
