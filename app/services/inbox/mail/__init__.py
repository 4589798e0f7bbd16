"""Mail: written from templates, put into an envelope, carried by SMTP or into a folder."""
