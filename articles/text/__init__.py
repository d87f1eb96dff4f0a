"""The grammar of a story's body: what comes in is cleaned, and the clean body can be asked.

Pure, and without Django; it knows nothing of who asks.
"""
