"""Every situation that the product must judge rightly."""

from __future__ import annotations

from . import cloud, dhcp, healthy, link, names, time
from .situation import HEALTHY_AREAS, Situation

ALL = (
    *healthy.SITUATIONS,
    *names.SITUATIONS,
    *time.SITUATIONS,
    *cloud.SITUATIONS,
    *link.SITUATIONS,
    *dhcp.SITUATIONS,
)
BY_NAME = {situation.name: situation for situation in ALL}
__all__ = ["ALL", "BY_NAME", "HEALTHY_AREAS", "Situation"]
