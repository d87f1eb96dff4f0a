"""The desk of people: who works here, and as what."""
