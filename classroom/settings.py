"""What an operator can decide, read from `CLASSROOM_*` variables or a file of the same lines.

Nothing here opens a port or touches a disk; `doctor` checks whether the answers can work.
"""

from __future__ import annotations

import ipaddress
import json
import shlex
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from classroom.errors import Misfit
from media.errors import Refused
from media.server.address import split

Port = Annotated[int, Field(ge=0, le=65535)]
"""0 lets the system choose; the chosen one is printed."""

_MAIL_SCHEMES = ("smtp", "smtp+starttls", "smtps")
_TURN_QUERIES = ("transport=udp", "transport=tcp")

Words = Annotated[tuple[str, ...], NoDecode]
"""Words separated by commas in one variable."""


class Settings(BaseSettings):
    """Immutable. Durations end in their unit; sizes too."""

    model_config = SettingsConfigDict(
        env_prefix="CLASSROOM_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    host: str = "127.0.0.1"
    http_port: Port = 8080
    media_port: Port = 40000
    media_host: str = ""
    """Address the media port listens on. Empty: all, once a public address is announced; else
    `host`. A proxy carries the pages, but media come straight from the browsers."""
    announce: Words = ()
    """Media addresses told to browsers, each `host` or `host:port`. Empty: guessed from `host`."""
    public_url: str = ""
    """The address people type, when a proxy stands in front (`https://class.example.org`)."""
    trusted_proxies: Words = ()
    """Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed."""
    data_dir: Path = Path("data")
    database_url: str = ""
    """Empty: SQLite in `data_dir`. Otherwise `sqlite:///absolute/file` or `postgresql://...`."""
    static_dir: Path = Path(__file__).resolve().parent / "static"
    sign_up: Literal["open", "closed"] = "open"
    room_capacity: Annotated[int, Field(ge=1, le=500)] = 60
    seat_grace_s: Annotated[float, Field(ge=1, le=3600)] = 60.0
    """How long a seat is kept for somebody whose connection is gone."""
    seat_token_s: Annotated[int, Field(ge=60)] = 12 * 3600
    session_days: Annotated[int, Field(ge=1, le=365)] = 30
    media_workers: Annotated[int, Field(ge=0, le=64)] = 0
    """Worker i has the port `media_port` + i. 0: one for each core this process may use."""
    remedies: bool = True
    """Whether anything is done about lost packets beyond what every browser asks for; off is for
    comparing."""
    ice_servers: Annotated[tuple[dict[str, Any], ...], NoDecode] = ()
    """RTCIceServer objects as JSON, told to browsers as they are."""
    turn_urls: Words = ()
    """Relays for browsers that reach neither UDP nor TCP of the media port, each like
    `turns:turn.example.org:443?transport=tcp`. They share `turn_secret` with us."""
    turn_secret: SecretStr = SecretStr("")
    """What coturn calls `static-auth-secret`: everybody gets a name and a password made of it."""
    turn_lifetime_s: Annotated[int, Field(ge=60, le=30 * 86400)] = 24 * 3600
    """How long such a password lets somebody in; who needs a relay later than that joins anew."""
    hooks_private: bool = False
    """Whether webhooks and calendars of hosts may be on this machine and in private networks."""
    file_mb: Annotated[int, Field(ge=1, le=2000)] = 100
    """The largest file somebody may send in a class."""
    room_files_mb: Annotated[int, Field(ge=1, le=1_000_000)] = 1000
    """All files of one room together."""
    scan_command: str = ""
    """A virus scanner, called with the path of each file behind it: 0 is clean, 1 infected."""
    deck_mb: Annotated[int, Field(ge=1, le=200)] = 200
    """The largest file somebody may send to be shown on the stage."""
    decks_mb: Annotated[int, Field(ge=1, le=1_000_000)] = 2048
    """All decks of one account together."""
    recordings_gb: Annotated[int, Field(ge=1, le=1_000_000)] = 100
    """All recordings of one account together."""
    recordings_url: str = ""
    """`s3://bucket/folder`: where whole recordings lie instead of the data folder."""
    recordings_s3_endpoint: str = ""
    """Of a server that speaks S3. Empty: Amazon's."""
    recordings_s3_region: str = "us-east-1"
    recordings_s3_key: str = ""
    recordings_s3_secret: SecretStr = SecretStr("")
    soffice: str = ""
    """The LibreOffice that reads Office files. Empty: the one on the path; "off": none."""
    mail_url: SecretStr = SecretStr("")
    """The mail server, as `smtp+starttls://user:password@mail.example.org:587`; `smtps://` is TLS
    from the beginning, `smtp://` is none. Empty: letters are kept, and sent to nobody."""
    mail_from: str = ""
    """The address letters come from. Empty: `no-reply@` and the host of `public_url`."""
    mail_per_minute: Annotated[int, Field(ge=0, le=100_000)] = 0
    """So many letters at most; 0: as many as there are."""
    stripe_url: str = ""
    """Another address of Stripe's interface, for tests. Empty: Stripe's own."""
    demo: bool = True
    """Whether the first start makes a demo class."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("announce", "trusted_proxies", "turn_urls", mode="before")
    @classmethod
    def _split_words(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(word.strip() for word in value.split(",") if word.strip())
        return value

    @field_validator("ice_servers", mode="before")
    @classmethod
    def _read_json(cls, value: Any) -> Any:
        if isinstance(value, str):
            return json.loads(value) if value.strip() else ()
        return value

    @field_validator("public_url")
    @classmethod
    def _check_public_url(cls, value: str) -> str:
        if not value:
            return value
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError("must look like https://class.example.org")
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("turn_urls")
    @classmethod
    def _check_turn_urls(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for url in value:
            if turn_host(url) is None:
                raise ValueError("must look like turn:turn.example.org:3478?transport=tcp")
        return value

    @field_validator("recordings_url")
    @classmethod
    def _check_recordings_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme != "s3" or not parts.netloc):
            raise ValueError("must look like s3://bucket/folder")
        return value

    @field_validator("recordings_s3_endpoint")
    @classmethod
    def _check_endpoint(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("http", "https"):
            raise ValueError("must look like https://s3.example.org")
        return value

    @field_validator("mail_url")
    @classmethod
    def _check_mail_url(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(value.get_secret_value())
        if value and not (parts.scheme in _MAIL_SCHEMES and parts.hostname and _has_port(parts)):
            raise ValueError("must look like smtp+starttls://user:password@mail.example.org:587")
        return value

    @field_validator("mail_from")
    @classmethod
    def _check_mail_from(cls, value: str) -> str:
        local, _, domain = value.rpartition("@")
        if value and (not local or not domain or any(sign.isspace() for sign in value)):
            raise ValueError("must be an address like desk@class.example.org")
        return value

    @field_validator("scan_command")
    @classmethod
    def _check_scan_command(cls, value: str) -> str:
        try:
            shlex.split(value)
        except ValueError as error:
            raise ValueError("must be a command as a shell would read it") from error
        return value

    @model_validator(mode="after")
    def _check_turn_secret(self) -> Self:
        if self.turn_urls and not self.turn_secret.get_secret_value():
            raise ValueError("CLASSROOM_TURN_URLS needs CLASSROOM_TURN_SECRET")
        return self

    @property
    def database(self) -> str:
        """The database URL that is really used."""
        return self.database_url or f"sqlite://{(self.data_dir / 'classroom.db').resolve()}"

    @property
    def secret_file(self) -> Path:
        """Where the signing key lives; made at the first start, readable by the owner only."""
        return self.data_dir / "secret.key"

    @property
    def mail_sender(self) -> str:
        """The address letters really come from."""
        host = urlsplit(self.public_url).hostname or "localhost"
        return self.mail_from or f"no-reply@{host}"

    @property
    def marks_file(self) -> Path:
        """Which letters are on their way, for the next start."""
        return self.data_dir / "post.marks"

    @property
    def board_folder(self) -> Path:
        """Where the pictures of boards lie, a folder for each room."""
        return self.data_dir / "boards"

    @property
    def file_folder(self) -> Path:
        """Where the files of classes lie, a folder for each room."""
        return self.data_dir / "files"

    @property
    def deck_folder(self) -> Path:
        """Where the files and pictures of decks lie, by checksum."""
        return self.data_dir / "decks"

    @property
    def recording_folder(self) -> Path:
        """Where recordings lie, sealed, a folder for each."""
        return self.data_dir / "recordings"

    @property
    def work_folder(self) -> Path:
        """Where files are taken apart; emptied at each start."""
        return self.data_dir / "work"

    @property
    def is_secure(self) -> bool:
        """Whether people reach us by https, as far as the settings say."""
        return self.public_url.startswith("https://")

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach us."""
        return _is_loopback(self.host)

    @property
    def media_bind(self) -> str:
        """Address the media port really listens on."""
        if self.media_host:
            return self.media_host
        outside = [text for text in self.announce if not _is_loopback(_host_of(text))]
        if not outside or not self.is_loopback:
            return self.host
        return "::" if all(_host_of(text).count(":") for text in outside) else "0.0.0.0"


def turn_host(url: str) -> str | None:
    """The host of a `turn:` or `turns:` URL (RFC 7065), None when it is none."""
    scheme, _, rest = url.partition(":")
    place, question, query = rest.partition("?")
    if scheme not in ("turn", "turns") or (question and query not in _TURN_QUERIES):
        return None
    try:
        return split(place, 3478)[0]
    except Refused:
        return None


def _has_port(parts: SplitResult) -> bool:
    """Whether what stands for a port is one, or none stands there."""
    try:
        return parts.port != 0
    except ValueError:
        return False


def _host_of(text: str) -> str:
    """The host of an announced address; what is none is refused when media start."""
    try:
        return split(text, 0)[0]
    except Refused:
        return text


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_settings(file: Path | None = None, **overrides: Any) -> Settings:
    """Settings from the environment, over those of `file`, over the defaults; or Misfit."""
    if file is not None and not file.is_file():
        raise Misfit(f"The settings file {file} does not exist.")
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**{"_env_file": file, **given})
    except ValidationError as error:
        first = error.errors()[0]
        name = "CLASSROOM_" + str(first["loc"][0]).upper() if first["loc"] else "The settings"
        raise Misfit(f"{name} cannot be used: {first['msg']}.") from error
    except ValueError as error:
        raise Misfit(f"The settings cannot be read: {error}.") from error
