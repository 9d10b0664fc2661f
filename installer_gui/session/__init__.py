"""A job's way through the checks: what to run, running it, and keeping it."""
