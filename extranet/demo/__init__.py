"""The demo: two regions with real organisations and real inhabitants, and an example of the rest.

Owns: nothing that the program needs; it fills an empty database so that somebody can look around.
Names of organisations, their codes and the inhabitants are real (CBS, table 03759ned, CC BY 4.0);
people, tasks, amounts and dates are examples, and every page of these regions says so.
"""
