"""What lets somebody in: passwords, links, codes, sessions, tokens, and the tries that failed.

Who may have an account is decided above.
"""
