"""A newsroom CMS: reporters compose, editors approve and schedule, readers read."""
