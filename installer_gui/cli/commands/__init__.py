"""One file a command; each has `arguments(parser)` and `run(args, io, app)` which returns the exit code."""
