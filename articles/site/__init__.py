"""What readers get: the public addresses, their pages, lists and feeds.

It reads publications, sections, authors and pictures, and knows neither the desk nor publishing.
"""
