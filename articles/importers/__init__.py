"""Stories that come from outside, as folders."""
