"""Driftklar: will these charging stations stay online on this network, and if not, who must change what?"""

__version__ = "0.1.0"
