"""What people fill in: shape and wording, no database."""
