"""Refusals as problem documents (RFC 9457), each with our stable code.

A code without a row here is a bug of ours and would answer 500; a test walks over the table.
"""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any

import structlog
from quart import Quart, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from classroom.errors import Refused
from classroom.http.metrics import REFUSALS

log = structlog.get_logger(__name__)

STATUS: dict[str, int] = {
    "account.email_taken": 409,
    "account.invalid_email": 422,
    "account.sign_up_closed": 403,
    "account.weak_password": 422,
    "account.wrong_password": 401,
    "asset.broken": 422,
    "asset.large": 413,
    "asset.limit": 409,
    "asset.share": 409,
    "asset.type": 415,
    "asset.unknown": 404,
    "body.malformed": 422,
    "body.not_json": 415,
    "body.slow": 408,
    "body.too_large": 413,
    "chat.muted": 403,
    "consent.needed": 403,
    "consent.text": 409,
    "consent.unknown": 404,
    "csrf.invalid": 403,
    "deck.empty": 422,
    "deck.encrypted": 422,
    "deck.export": 422,
    "deck.failed": 409,
    "deck.large": 413,
    "deck.ink": 413,
    "deck.limit": 409,
    "deck.not_ready": 409,
    "deck.office_missing": 415,
    "deck.office_unsafe": 415,
    "deck.old_office": 415,
    "deck.questions": 409,
    "deck.quota": 409,
    "deck.type": 415,
    "deck.unknown": 404,
    "enrolment.limit": 409,
    "enrolment.only": 403,
    "enrolment.replaced": 403,
    "enrolment.taken": 409,
    "enrolment.unknown": 404,
    "file.bomb": 422,
    "file.broken": 422,
    "file.empty": 422,
    "file.infected": 422,
    "file.limit": 409,
    "file.not_scanned": 503,
    "file.share": 409,
    "file.size": 413,
    "file.type": 415,
    "file.unknown": 404,
    "activity.unknown": 404,
    "film.unknown": 404,
    "folder.deep": 409,
    "folder.full": 409,
    "folder.limit": 409,
    "folder.unknown": 404,
    "letter.once": 409,
    "letter.unknown": 404,
    "letter.word": 422,
    "mail.none": 409,
    "invoice.state": 409,
    "invoice.unknown": 404,
    "lesson.unknown": 404,
    "lock.files": 403,
    "method.not_allowed": 405,
    "name.empty": 422,
    "name.long": 422,
    "package.limit": 409,
    "package.unknown": 404,
    "path.unknown": 404,
    "pen.missing": 403,
    "quiz.invalid": 422,
    "quiz.limit": 409,
    "quiz.unknown": 404,
    "rate.limited": 429,
    "recording.broken": 409,
    "recording.caption": 422,
    "recording.changing": 409,
    "recording.cuts": 422,
    "recording.expired": 410,
    "recording.export_copy": 409,
    "recording.export_unknown": 404,
    "recording.held": 409,
    "recording.not_ready": 409,
    "recording.password": 403,
    "recording.share_limit": 409,
    "recording.share_unknown": 404,
    "recording.storage": 507,
    "recording.unknown": 404,
    "request.malformed": 400,
    "right.missing": 403,
    "room.full": 409,
    "seat.removed": 403,
    "room.not_joined": 403,
    "room.unknown": 404,
    "seat.expired": 401,
    "seat.forged": 401,
    "server.busy": 503,
    "server.error": 500,
    "session.required": 401,
    "session.unknown": 404,
    "setup.token_invalid": 403,
    "slide.coming": 404,
    "slide.unknown": 404,
    "storage.full": 507,
    "title.empty": 422,
    "title.long": 422,
    "token.browser": 403,
    "token.empty": 422,
    "token.invalid": 401,
    "token.limit": 409,
    "token.long": 422,
    "token.scope": 403,
    "token.unknown": 404,
    "upload.busy": 409,
    "upload.offset": 409,
    "upload.unknown": 404,
    "version.unknown": 404,
    "version.used": 409,
    "visit.busy": 409,
    "visit.early": 409,
    "visit.full": 409,
    "visit.not_admitted": 403,
    "visit.unknown": 404,
    "voucher.offer": 409,
    "voucher.old": 410,
    "voucher.unknown": 404,
    "voucher.used": 409,
    "webhook.address": 422,
    "webhook.limit": 409,
    "webhook.unknown": 404,
    "booking.zone": 422,
    "feed.address": 422,
    "feed.limit": 409,
    "feed.unknown": 404,
    "hours.wrong": 422,
    "host.unknown": 404,
    "offer.unknown": 404,
    "booking.series": 409,
    "rating.early": 409,
    "rating.done": 409,
    "client.code_old": 403,
    "client.code": 403,
    "booking.digits": 403,
    "booking.moves": 409,
    "booking.intake": 422,
    "booking.unknown": 404,
    "booking.moved": 409,
    "booking.over": 409,
    "booking.begun": 409,
    "booking.unbegun": 409,
    "booking.late": 409,
    "booking.many": 409,
    "booking.cap": 409,
    "booking.far": 409,
    "booking.early": 409,
    "booking.closed": 409,
    "booking.full": 409,
    "booking.taken": 409,
    "offer.limit": 409,
    "payment.amount": 422,
    "payment.currency": 422,
    "payment.gateway": 503,
    "payment.keys": 422,
    "payment.off": 409,
    "payment.rule": 422,
    "payment.signature": 403,
    "organisation.limit": 409,
    "note.unknown": 404,
    "note.limit": 409,
    "note.changed": 409,
    "form.unknown": 404,
    "form.limit": 409,
    "form.changed": 409,
    "form.unsigned": 409,
    "client.name": 422,
    "client.unknown": 404,
    "client.erased": 410,
    "client.same": 422,
    "client.being_erased": 409,
    "organisation.slug": 409,
    "organisation.unknown": 404,
    "member.invite": 404,
    "member.last": 409,
    "member.unknown": 404,
}

CHALLENGES = {
    "session.required": "Bearer",
    "token.invalid": 'Bearer error="invalid_token"',
    "token.scope": 'Bearer error="insufficient_scope", scope="write"',
}
"""How to come in, as RFC 6750 says it to programs."""

_BY_STATUS = {
    404: "path.unknown",
    405: "method.not_allowed",
    408: "body.slow",
    413: "body.too_large",
    415: "body.not_json",
}
"""What the framework itself refuses."""


def problem(refused: Refused) -> Response:
    """The answer for a refusal, which is counted."""
    REFUSALS.labels(refused.code).inc()
    status = HTTPStatus(STATUS.get(refused.code, 500))
    document: dict[str, Any] = {
        "type": f"urn:classroom:{refused.code}",
        "title": status.phrase,
        "status": int(status),
        "code": refused.code,
    }
    if refused.params:
        document["params"] = refused.params
    response = jsonify(document)
    response.status_code = int(status)
    response.content_type = "application/problem+json"
    if "retry_after_s" in refused.params:
        response.headers["Retry-After"] = str(refused.params["retry_after_s"])
    if refused.code in CHALLENGES:
        response.headers["WWW-Authenticate"] = CHALLENGES[refused.code]
    return response


def install_problems(app: Quart) -> None:
    """Every error becomes a problem document and is counted by its code."""

    @app.errorhandler(Refused)
    async def refuse(refused: Refused) -> Response:
        return problem(refused)

    @app.errorhandler(HTTPException)
    async def refuse_by_status(error: HTTPException) -> Response:
        status = error.code or 500
        code = _BY_STATUS.get(status, "request.malformed" if status < 500 else "server.error")
        response = problem(Refused(code))
        response.status_code = status
        return response

    @app.errorhandler(Exception)
    async def fail(error: Exception) -> Response:
        incident = secrets.token_hex(6)
        log.error(
            "request failed",
            incident=incident,
            method=request.method,
            route=request.url_rule.rule if request.url_rule else None,
            exc_info=error,
        )
        return problem(Refused("server.error", {"id": incident}))
