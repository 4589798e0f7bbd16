"""What forms and managed tables are built of, Flask-AppBuilder's narrowed base among it.

No form of a subject.
"""
