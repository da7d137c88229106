"""Documents: what was written, by whom, in which versions, who may read it and for how long.

Owns: documents and their versions, the rules for files that come in, how files go out, retention
and the archive. Does not own: who may see the documents of a coalition, an agreement or a decision;
the domain that owns those names itself as `owner` and says who may.
"""
