"""Settings, addresses and application of the peer: as its documentation sets it up, without debugging."""

from __future__ import annotations

import os

SOCKET, NAME = "PEER_SOCKET", "PEER_DATABASE"
USER, PASSWORD = "petugas", "Lapor-Skala-2026"

SECRET_KEY = "a key for the bench alone"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "peer_urls"
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    "rest_framework",
    "helpdesk",
]
SITE_ID = 1
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get(NAME, ""),
        "HOST": os.environ.get(SOCKET, ""),
        "USER": "lapor",
        "CONN_MAX_AGE": 600,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
STATIC_URL = "/static/"
USE_TZ = True
LOGIN_URL = "/login/"
HELPDESK_TEAMS_MODE_ENABLED = False


def __getattr__(name: str) -> object:
    """`application` is made when gunicorn asks for it, not when Django reads its settings."""
    if name != "application":
        raise AttributeError(name)
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()
