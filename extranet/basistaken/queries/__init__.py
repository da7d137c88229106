"""Reads of the basistaken: the tasks and their notes, and the budget lines that pay for them."""
