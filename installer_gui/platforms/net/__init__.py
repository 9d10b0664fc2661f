"""Names, connections and time over plain sockets: the same on every system, bound to one interface."""
