"""Mail that leaves the program: written in the sender's transaction, delivered afterwards.

Owns: the queue of mails, their delivery and its outcome, and what a person decides about a mail
that is uncertain or failed. Does not own: what a mail says or to whom it goes (the domain that
sends it), or notifications inside the program.
"""
