"""What every answer carries: rules for the browser (V11), and no storing of what is personal (V21)."""

from wsgiref.headers import Headers

from flask import Flask, Response, request, session

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def protect_file(sent: Headers, _path: str, _url: str) -> None:
    """Style sheets and scripts do not pass through Flask, and carry the same rules."""
    for name, value in HEADERS.items():
        sent.setdefault(name, value)


def rules_of(tile_host: str) -> dict[str, str]:
    """The rules for pages; where the city has a server for map tiles, pictures may come from there too (D13)."""
    policy = CONTENT_SECURITY_POLICY.replace("img-src 'self' data:", f"img-src 'self' data: {tile_host}".rstrip())
    return {**HEADERS, "Content-Security-Policy": policy}


def init_app(app: Flask) -> None:
    """Put the rules on every answer, and keep pages that know the person out of every cache."""
    rules = rules_of(app.config["SETTINGS"].tile_host)

    @app.after_request
    def protect(response: Response) -> Response:
        set_already = {name.lower() for name, _value in response.headers}
        for name, value in rules.items():
            if name.lower() not in set_already:
                response.headers.add(name, value)
        # Not session.accessed: sign-in looks into the session on every page, also for visitors without one.
        knows_person = app.config["SESSION_COOKIE_NAME"] in request.cookies or request.method == "POST"
        # What never changes is the same for everybody, and a visit with a cookie need not fetch it again.
        if session.modified or (knows_person and not response.cache_control.immutable):
            response.headers["Cache-Control"] = "no-store"
        return response
