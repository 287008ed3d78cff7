"""Models as bytes: one JSON document and named arrays in a ZIP archive, and no pickle.

Reading a bundle runs no code, so that a model may come from a backup or from another installation. The
format is NumPy's ``.npz`` with the document as the array ``document`` (UTF-8 bytes).
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

DOCUMENT = "document"


class Unreadable(ValueError):
    """The bytes are no bundle, or one of another kind."""


class Bundle(NamedTuple):
    """``kind`` says which class reads it, ``document`` holds plain JSON, ``arrays`` numbers."""

    kind: str
    document: dict[str, Any]
    arrays: dict[str, NDArray[Any]]


def dump(bundle: Bundle) -> bytes:
    """The same bundle gives the same bytes."""
    text = json.dumps({"kind": bundle.kind, **bundle.document}, ensure_ascii=False, sort_keys=True)
    members: Mapping[str, NDArray[Any]] = {
        DOCUMENT: np.frombuffer(text.encode(), dtype=np.uint8),
        **bundle.arrays,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name in sorted(members):
            part = io.BytesIO()
            np.lib.format.write_array(part, np.asarray(members[name]), allow_pickle=False)
            # A fixed date: otherwise the clock would be part of the hash.
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)),
                part.getvalue(),
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()


def load(data: bytes, *, kind: str | None = None) -> Bundle:
    """Raises Unreadable."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        document = json.loads(arrays.pop(DOCUMENT).tobytes())
        found = document.pop("kind")
    except (ValueError, KeyError, OSError, zipfile.BadZipFile, AttributeError, EOFError) as error:
        raise Unreadable("these bytes are no model of this program") from error
    if kind is not None and found != kind:
        raise Unreadable(f"a model of the kind {found}, where {kind} was asked for")
    return Bundle(found, document, arrays)


def digest(data: bytes) -> str:
    """SHA-256, hexadecimal: the name under which a version is known."""
    return hashlib.sha256(data).hexdigest()
