"""Dates and times as the desk's tables write them; Django's own are long in both languages."""
