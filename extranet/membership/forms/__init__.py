"""The forms of this domain, one module a subject."""
