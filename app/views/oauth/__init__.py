"""How programs get tokens: OAuth 2 by Authlib, over services/api_tokens.py."""
