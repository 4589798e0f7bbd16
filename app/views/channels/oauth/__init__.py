"""How programs get tokens: OAuth 2 by Authlib, over services/accounts/credentials/api_tokens.py."""
