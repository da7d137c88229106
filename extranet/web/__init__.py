"""What every page needs and no domain owns: rendering, access, forms, errors, headers, pictures.

Knows no domain; the domains' views use it.
"""
