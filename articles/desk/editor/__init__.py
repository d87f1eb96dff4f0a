"""The editor of a body: its form field, and the pictures that it asks for."""
