"""The verbs about people, a module for each subject."""
