"""Faults made for real, on a real installation: `make faults` prints what was observed."""
