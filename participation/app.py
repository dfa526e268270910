"""The roof: create_app() and FEATURES, the one file that knows every room."""

from pathlib import Path

from flask import Flask, request, url_for
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from participation import addresses, assets, db, errors, headers, health, i18n, jobs, limits, logs, memory, permissions
from participation.accounts.feature import feature as accounts
from participation.addresses import PREFIX
from participation.contacts.feature import feature as contacts
from participation.contributions.feature import feature as contributions
from participation.councils.feature import feature as councils
from participation.demo.feature import feature as demo
from participation.districts.feature import feature as districts
from participation.events.feature import feature as events
from participation.feature import NavigationItem
from participation.ideas.feature import feature as ideas
from participation.media.feature import feature as media
from participation.migrations import commands as migrations
from participation.moderation.feature import feature as moderation
from participation.oparl.feature import feature as oparl
from participation.pages.feature import feature as pages
from participation.permissions import allowed
from participation.places.feature import feature as places
from participation.post.feature import feature as post
from participation.privacy.feature import feature as privacy
from participation.questionnaires.feature import feature as questionnaires
from participation.receipts.feature import feature as receipts
from participation.search.feature import feature as search
from participation.settings import PROJECT, Settings
from participation.surveys.feature import feature as surveys

FEATURES = [
    accounts,
    districts,
    receipts,
    contacts,
    media,
    places,
    questionnaires,
    contributions,
    surveys,
    events,
    ideas,
    councils,
    pages,
    moderation,
    search,
    oparl,
    post,
    privacy,
    demo,
]

csrf = CSRFProtect()
compress = Compress()


def create_app(settings: Settings) -> Flask:
    """Build the house from its settings; the same one for the server, the commands and the tests."""
    app = Flask("participation", template_folder=str(PROJECT / "templates"), static_folder=None)
    configure(app, settings)
    logs.configure()
    i18n.init_app(app, settings.languages)
    memory.init_app(app)
    addresses.init_app(app)
    assets.init_app(app, PROJECT / "static")
    db.init_app(app, settings.database_url)
    headers.init_app(app)
    errors.init_app(app)
    permissions.init_app(app)
    limits.init_app(app, settings)
    logs.init_app(app)
    health.init_app(app)
    migrations.init_app(app)
    jobs.init_app(app)
    csrf.init_app(app)
    compress.init_app(app)
    furnish(app)
    serve_static_files(app, PROJECT / "static")
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Translate our settings into Flask's."""
    app.config.update(
        SETTINGS=settings,
        TESTING=settings.testing,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-session" if settings.is_https else "session",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=settings.max_upload_bytes,
        MAX_FORM_MEMORY_SIZE=1_000_000,
        MAX_FORM_PARTS=2_000,
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open as long as its session does
        WTF_CSRF_SSL_STRICT=settings.is_https,
        COMPRESS_ALGORITHM=["zstd", "br", "gzip"],  # the cheapest first; all come out about as small
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,  # pages carry no tag that a browser could ask with
        COMPRESS_BR_LEVEL=1,  # a page of 8 KB gains 0.4 KB at level 4, for several times the work
        COMPRESS_BR_WINDOW=16,
        COMPRESS_MIN_SIZE=500,
        COMPRESS_MIMETYPES=[
            *("text/html", "application/json", "text/csv", "image/svg+xml"),
            *("text/calendar", "application/atom+xml"),
        ],
    )
    app.jinja_env.globals["city_name"] = settings.city_name
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def furnish(app: Flask) -> None:
    """Open every room: its addresses under each language, its commands and whatever it prepares."""
    app.extensions["features"] = FEATURES
    app.jinja_env.globals.update(staff_navigation=staff_navigation, staff_section=staff_section)
    for room in FEATURES:
        for blueprint in room.blueprints:
            app.register_blueprint(blueprint, url_prefix=PREFIX + (blueprint.url_prefix or ""))
        for blueprint in room.plain_blueprints:
            app.register_blueprint(blueprint)
        if room.init_app:
            room.init_app(app)


def staff_navigation() -> list[NavigationItem]:
    """The doors that the person at hand may open."""
    return [item for room in FEATURES for item in room.staff_navigation if item.rule is None or allowed(item.rule)]


def staff_section() -> str | None:
    """The menu entry that the page at hand belongs to: of the addresses it lies below the longest one."""
    addresses = {url_for(item.endpoint): item.endpoint for item in staff_navigation()}
    above = [address for address in addresses if f"{request.path}/".startswith(f"{address}/")]
    return addresses[max(above, key=len)] if above else None


def serve_static_files(app: Flask, folder: Path) -> None:
    """Static addresses carry a hash of their content, so browsers may keep them for a year."""
    assets.compress(folder)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix="static/",
        max_age=31_536_000,
        allow_all_origins=False,
        add_headers_function=headers.protect_file,
    )
