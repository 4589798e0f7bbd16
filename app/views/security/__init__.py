"""Sign-in, accounts and permissions over Flask-AppBuilder's security."""
