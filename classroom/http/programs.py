"""What is there for programs: tokens, messages that are sent to them, the words about it all."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.doors import Doors
from classroom.http.openapi import openapi_routes
from classroom.http.tokens import token_routes
from classroom.http.webhooks import webhook_routes


def program_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """`/api/tokens`, `/api/webhooks`, `/api/openapi.json`."""
    return (token_routes(doors), webhook_routes(doors), openapi_routes())
