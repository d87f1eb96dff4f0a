"""Where the staff work: the admin's forms and lists, the editor, and the walk through other moments.

It calls the verbs of publishing, and shows the site's own pages; nothing calls it.
"""
