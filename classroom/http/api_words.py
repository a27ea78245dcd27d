"""What the description of the API says beside the routes: its parts, its addresses, its keys."""

from __future__ import annotations

from typing import Any

INTRODUCTION = (
    "Rooms, their lessons and reports, and messages about them. A program shows an API token, made "
    "in the settings, as `Authorization: Bearer ct_...`. Times are ISO 8601 in UTC. A refusal is a "
    "problem document (RFC 9457) with a `code` that stays the same."
)

_RECORDINGS = ("Recordings", "Recordings of lessons: own ones and those one took part in.")
TAGS: dict[str, tuple[str, str]] = {
    "recordings": _RECORDINGS,
    "recording_change": _RECORDINGS,
    "recording_people": _RECORDINGS,
    "recording_own": _RECORDINGS,
    "recording_poster": _RECORDINGS,
    "recording_record": _RECORDINGS,
    "recording_shares": _RECORDINGS,
    "recording_captions": _RECORDINGS,
    "recording_exports": _RECORDINGS,
    "recording_download": _RECORDINGS,
    "recording_play": _RECORDINGS,
    "recording_watch": _RECORDINGS,
    "rooms": ("Rooms", "Places with an address, in which classes are held."),
    "lessons": ("Lessons", "Classes that were held or go on, and their reports."),
    "enrolments": ("Enrolments", "Students who belong to a room and keep who they are."),
    "webhooks": ("Webhooks", "Signed messages to other systems when something happens."),
    "tokens": ("API tokens", "What programs show in place of a password."),
    "session": ("Session", "Who is signed in, in a browser."),
    "browsers": ("Browsers", "Where somebody is signed in."),
    "accounts": ("Accounts", "People known by e-mail and password."),
    "seat": ("Door", "What is behind a room's link, and a seat in its class."),
    "entering": ("Door", "What is behind a room's link, and a seat in its class."),
    "file_tickets": ("Files", "What is sent in the chat of a class, for who is in it."),
    "file_reading": ("Files", "What is sent in the chat of a class, for who is in it."),
    "room_files": ("Files of a room", "What was sent in its classes, for its owner."),
    "board": ("Board pictures", "Pictures on the board of a class, for who is in it."),
    "quizzes": ("Quizzes", "Questions prepared for a room, for who teaches in its class."),
    "files": ("Files", "What is sent in the chat of a class, for who is in it."),
    "decks": ("Decks", "What is shown on the stage, in the library of an account."),
    "deck_folders": ("Decks", "What is shown on the stage, in the library of an account."),
    "deck_uploads": ("Decks", "What is shown on the stage, in the library of an account."),
    "deck_slides": ("Decks", "What is shown on the stage, in the library of an account."),
    "deck_questions": ("Decks", "What is shown on the stage, in the library of an account."),
    "deck_export": ("Decks of a class", "The same for staff, by their seat."),
    "class_deck_questions": ("Decks of a class", "The same for staff, by their seat."),
    "class_deck_slides": ("Decks of a class", "The same for staff, by their seat."),
    "class_decks": ("Decks of a class", "The same for staff, by their seat."),
    "class_deck_folders": ("Decks of a class", "The same for staff, by their seat."),
    "class_deck_uploads": ("Decks of a class", "The same for staff, by their seat."),
    "openapi": ("Description", "This description."),
}
"""By the blueprint's name: title and what it is."""

PATH_WORDS: dict[str, str] = {
    "room_id": "The room's `id`.",
    "lesson_id": "The lesson's `id`.",
    "webhook_id": "The webhook's `id`.",
    "token_id": "The token's `id`, not the token.",
    "session_id": "The `id` of a browser that is signed in.",
    "enrolment_id": "The enrolment's `id`.",
    "code": "The room's `code`, nine consonants in three groups.",
    "asset_id": "The picture's `asset`.",
    "quiz_id": "The quiz's `quiz_id`.",
    "file_id": "The file's `id`.",
    "deck_id": "The deck's `id`.",
    "placement_id": "The `id` of the placement: the deck as it stands on the stage.",
    "version_id": "The `id` of one of the deck's versions.",
    "folder_id": "The folder's `id`.",
    "recording_id": "The recording's `id`.",
    "export_id": "The export's `id`, or `data`.",
    "token": "What stands behind `/consent/` in the address somebody got when they agreed.",
    "pid": "The person's `participant_id`.",
    "share_id": "The link's `id`.",
    "locale": "A language, as `en` or `zh-CN`.",
    "upload_id": "The `upload_id` that announcing the files answered.",
    "slide": "Which slide, from 1.",
    "index": "Which of the announced files, from 0.",
}

SECURITY: dict[str, Any] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API token. One of the scope `read` opens `GET` only.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "classroom_session",
        "description": "A browser that is signed in.",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "The `csrf` of `GET /api/session`, together with that answer's cookie.",
    },
    "seat": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Seat <seat_token>`, of somebody in a class.",
    },
}
