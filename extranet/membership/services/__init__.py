"""What changes who works together, one module a subject. None of it commits."""
