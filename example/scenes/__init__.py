"""Scenes of the example paper's pictures, in flat shapes. Each takes a Canvas and draws on it."""
