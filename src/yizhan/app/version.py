"""Which release this is."""

from importlib import metadata


def version() -> str:
    """The version that git's tags gave the installed package."""
    try:
        return metadata.version("yizhan")
    except metadata.PackageNotFoundError:
        return "0.0.0"
