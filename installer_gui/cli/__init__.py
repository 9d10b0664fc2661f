"""The command line: the same core as the wizard, without a window."""
