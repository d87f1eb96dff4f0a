"""The desk of stories: their list, their form, what stands beside it, and a page for each verb."""
