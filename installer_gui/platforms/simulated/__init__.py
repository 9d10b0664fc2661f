"""A site played on loopback: the same checks over real sockets, for training, demonstrations and tests."""

from .play import Play, play
from .sites import SITES, Site

__all__ = ["SITES", "Play", "Site", "play"]
