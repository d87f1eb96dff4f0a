"""What carries a story from the desk to the site: saving, the verbs, and what they write.

It knows the models and the rules, and nothing of pages, forms or requests.
"""
