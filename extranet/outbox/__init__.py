"""Mail that leaves the program and work for later: written in the transaction that asks for it.

Owns: the queues of mails and of jobs, what became of each, and what a person decides about a mail
that is uncertain or failed. Does not own: what a mail says or to whom it goes (the domain that
sends it), or notifications inside the program.
"""
