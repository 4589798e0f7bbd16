"""Words in the reader's language, and what is worded once for a page.

No word of a subject is chosen here.
"""
