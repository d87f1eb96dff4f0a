"""The schedule: what readers get when, a day or a week at a glance, and times for many stories at once."""
