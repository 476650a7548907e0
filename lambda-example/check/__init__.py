"""Checks what is deployed: the SAM templates and the function's binary."""
