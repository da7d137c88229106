"""Forms of the money domain: shape and wording, no database."""
