"""Information evenings. Owns: evenings, letters, sign-ups, initiatives. Not: who takes part."""
