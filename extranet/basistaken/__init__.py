"""The shared tasks of the whole region: aim, who works on it, planning, state and progress.

Owns: basistaken, their progress notes and their links to budget lines. Does not own: the budget
(`money`), the ontwikkelgroepen and their chairs (bodies and seats of `membership`).
"""
