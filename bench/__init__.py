"""Measures the common pages against a bare Flask page, in one run; asserts nothing."""
