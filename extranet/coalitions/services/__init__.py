"""Verbs that change coalitions and their plustaken."""
