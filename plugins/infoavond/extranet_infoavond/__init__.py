"""Notes of a coalition. Owns: what they say. Does not own: who may look into the coalition."""
