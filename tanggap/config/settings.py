"""Settings: safe by default, development is the exception. Policy is rows in the database, never a setting."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from tanggap.config import env, logs, sign_in

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.text("TANGGAP_DATA") or BASE_DIR / ".data").absolute()
KEYS_DIR = Path(env.text("TANGGAP_KEYS") or DATA_DIR / "keys")
FILES_DIR = Path(env.text("TANGGAP_FILES") or DATA_DIR / "files")

DEBUG = False
DEMO = env.flag("TANGGAP_DEMO")
DEVELOPMENT_KEY = "development-only-and-refused-elsewhere"


def _secret_key() -> str:
    """From the environment, else the file of the key folder (made by the launcher)."""
    given = env.text("TANGGAP_SECRET_KEY")
    path = KEYS_DIR / "django.key"
    if given:
        return given
    return path.read_text(encoding="utf-8").strip() if path.exists() else DEVELOPMENT_KEY


SECRET_KEY = _secret_key()
PRODUCTION = env.flag("TANGGAP_PRODUCTION")
if PRODUCTION and SECRET_KEY == DEVELOPMENT_KEY:
    raise SystemExit("Refusing to start: no secret key. Set TANGGAP_SECRET_KEY_FILE or start with bin/run.")
ALLOWED_HOSTS = env.names("TANGGAP_HOSTS", "localhost,127.0.0.1,[::1],testserver")
BASE_URL = env.text("TANGGAP_BASE_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = env.names("TANGGAP_ORIGINS")
HTTPS = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "tanggap.config",
    "tanggap.demo",
    "tanggap.portal",
    "tanggap.console",
    "tanggap.api",
    "tanggap.channels",
    "tanggap.innovations",
    "tanggap.evaluation",
    "tanggap.surveys",
    "tanggap.escalation",
    "tanggap.cases",
    "tanggap.routing",
    "tanggap.accounts",
    "tanggap.directory",
    "tanggap.notify",
    "tanggap.ledger",
    "tanggap.files",
    "tanggap.common",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admin",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]

# How many reverse proxies of ours stand in front: only then is what they forward believed.
PROXY_HOPS = env.number("TANGGAP_PROXY_HOPS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_HOPS else None

MIDDLEWARE = [
    "tanggap.config.middleware.ProxyMiddleware",
    "tanggap.config.middleware.OperationsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "tanggap.config.api_door.ApiDoor",
    "tanggap.config.hook_door.HookDoor",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tanggap.config.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tanggap.common.middleware.LanguageMiddleware",
    "tanggap.config.middleware.MaintenanceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "tanggap.accounts.middleware.ActorMiddleware",
    "tanggap.accounts.middleware.ConsoleDoorMiddleware",
    "tanggap.common.middleware.ErrorsMiddleware",
]

ROOT_URLCONF = "tanggap.config.urls"
WSGI_APPLICATION = "tanggap.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "tanggap.common.context.page",
                "tanggap.config.context.brand",
            ],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    """DATABASE_URL as Django wants it; query parameters become connection options."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 15}, "connect_timeout": 10, **query},
        "TEST": {"NAME": "test_" + env.text("TANGGAP_TEST_DB", "tanggap")},
    }


DATABASES = {"default": _database(env.text("DATABASE_URL", "postgresql://tanggap@/tanggap"))}
# In each process: what it keeps is computed again from the database at any time. Drawn parts of pages, of some tens of
# kilobytes, have a place of their own, lest they push out the few figures that cost most.
_LOCAL = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _LOCAL, "OPTIONS": {"MAX_ENTRIES": 1000}},
    "template_fragments": {"BACKEND": _LOCAL, "LOCATION": "drawn", "OPTIONS": {"MAX_ENTRIES": 300}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PROCRASTINATE_IMPORT_PATHS = ["tanggap.config.reactions", "tanggap.config.schedule"]
REFERENCE_LOADERS = [
    "tanggap.directory.reference.load",
    "tanggap.cases.reference.load",
    "tanggap.notify.reference.load",
    "tanggap.escalation.reference.load",
    "tanggap.surveys.reference.load",
    "tanggap.evaluation.reference.load",
]

AUTH_USER_MODEL = "accounts.Person"
# Names of django-allauth and axes look odd here and change together: they stand in one file.
globals().update(sign_in.settings_for(demo=DEMO))
LOGIN_URL = "/akun/masuk/"
LOGIN_REDIRECT_URL = "/kerja/"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "bahasa"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("TANGGAP_STATIC") or DATA_DIR / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": env.text("TANGGAP_STATIC_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = logs.configuration()
METRICS_TOKEN = env.text("TANGGAP_METRICS_TOKEN")

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 40
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "tanggap.files.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CSRF_FAILURE_VIEW = "tanggap.common.errorpages.csrf_failure"
APPEND_SLASH = True
