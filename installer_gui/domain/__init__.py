"""Frozen data and pure judgement: no clock, no input or output, standard library only."""
