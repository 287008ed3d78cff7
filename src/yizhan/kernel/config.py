"""Settings of the installation, from ``YIZHAN_*`` variables over a TOML file over defaults."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from yizhan.kernel import errors

Level = Literal["debug", "info", "warning", "error"]


class BadSetting(errors.Invalid):
    """A setting of the installation is not valid."""


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """Every setting of the installation. The variable's name is ``YIZHAN_`` and the field in capitals."""

    data: Path = Path(".data")  # embedded database, files and keys live here
    database_url: str = ""  # empty: the embedded PostgreSQL below ``data``
    database_direct_url: str = (
        ""  # past a pooler such as PgBouncer, which ``database_url`` then leads to
    )
    files_url: str = ""  # bucket for files, such as s3://desk/files; empty: a folder below ``data``
    files_endpoint: str = ""  # where that bucket is, unless it is with Amazon
    files_region: str = ""  # region of the bucket, where its provider wants one
    files_key: str = ""  # key of the bucket; empty: what the machine may do
    files_secret: str = ""  # secret of that key
    nats_url: str = ""  # NATS servers that carry wake-ups; empty: PostgreSQL's NOTIFY
    host: str = "127.0.0.1"  # address to listen on
    port: int = 8080  # port to listen on
    public_url: str = ""  # how customers reach this desk; empty: http://host:port
    workers: int = 1  # web processes
    pool: int = 16  # database connections a process
    log_level: Level = "info"  # debug, info, warning or error
    secret_key: str = ""  # base64 of 32 bytes; empty: the file ``data/key``, made on first start
    egress_allow: tuple[
        str, ...
    ] = ()  # networks (CIDR) that outgoing requests may reach besides public ones
    model_allow: tuple[str, ...] = ()  # networks (CIDR) that model servers may stand in besides
    reserve_mb: int = 256  # free space on the disk of ``data`` below which nothing new is taken
    max_upload_mb: int = 25  # largest file that people may attach
    secure_cookies: bool = False  # set where the desk is served over https
    trusted_proxies: tuple[str, ...] = ()  # addresses whose X-Forwarded-For is believed
    otlp_url: str = ""  # an OpenTelemetry collector (OTLP over HTTP); empty: nothing is exported
    worker_metrics: str = ""  # host:port where a worker answers Prometheus; empty: it does not
    operator_workspace: str = ""  # which workspace shows the installation; empty: the first
    rate_per_minute: int = 60_000  # requests a minute of a token or person to one process; 0: any
    wal_archive: str = ""  # folder for a continuous archive of the embedded database; empty: none
    wal_keep_days: int = 7  # how far back that archive reaches
    understanding: bool = True  # read what messages mean; off: saves memory on small machines

    @property
    def https(self) -> bool:
        """Whether browsers come by https: cookies then never travel without it."""
        return self.secure_cookies or self.url.startswith("https://")

    @property
    def url(self) -> str:
        """The address of this desk, without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(Config):
        raw = environment.get(f"YIZHAN_{field.name.upper()}")
        if raw is not None:
            is_list = field.type == tuple[str, ...]
            found[field.name] = [p.strip() for p in raw.split(",") if p.strip()] if is_list else raw
    return found


def load(
    *, environment: Mapping[str, str] | None = None, file: Path | None = None, **overrides: Any
) -> Config:
    """Read the settings. Errors: :class:`BadSetting` with the name of what is wrong."""
    environment = os.environ if environment is None else environment
    path = file or (Path(environment["YIZHAN_CONFIG"]) if "YIZHAN_CONFIG" in environment else None)
    values: dict[str, Any] = {}
    if path is not None:
        try:
            values.update(tomllib.loads(path.read_text("utf-8")))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise BadSetting(f"{path}: {error}") from error
    values.update(_from_environment(environment))
    values.update({name: value for name, value in overrides.items() if value is not None})
    known = {field.name for field in msgspec.structs.fields(Config)}
    if unknown := sorted(set(values) - known):
        raise BadSetting(f"unknown setting: {', '.join(unknown)}")
    if isinstance(values.get("log_level"), str):
        values["log_level"] = values["log_level"].lower()
    values["data"] = str(Path(values.get("data", ".data")).expanduser().resolve())
    try:
        return msgspec.convert(values, Config, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise BadSetting(_said(str(error))) from error


def _said(message: str) -> str:
    """The variable by its name instead of a place within a document."""
    what, _, place = message.partition(" - at `$.")
    name = place.partition("`")[0].partition("[")[0]
    if name == "log_level":
        what = f"{what}; it is one of {', '.join(get_args(Level))}"
    return f"YIZHAN_{name.upper()}: {what}" if name else message


def _decode(kind: type, value: Any) -> Any:
    if kind is Path:
        return Path(value)
    raise NotImplementedError(kind)
