"""What the core asks of an operating system, as protocols. Implementations live in `platforms`."""
