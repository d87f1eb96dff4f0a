"""The desk of the paper's own facts."""
