"""A site played on loopback: the same checks over real sockets, for training, demonstrations and tests."""
