"""Values of a field that records are from now on looked up by."""

from __future__ import annotations

from yizhan.domains.fields import catalog, registry, repository
from yizhan.domains.fields.service import records
from yizhan.domains.fields.types import Object
from yizhan.kernel import jobs

_BATCH = 500


@jobs.job("fields.index")
async def index(ctx: jobs.Context, *, workspace_id: int, object: Object, field_key: str) -> None:
    """Index what is stored already, in short transactions; what is written meanwhile indexes itself."""
    after = 0
    while True:
        async with ctx.database.begin(ctx.system(workspace_id)) as tx:
            provider = registry.of(object)
            field = (await catalog.of(tx, object)).all.get(field_key)
            if provider is None or field is None or not field.indexed:
                return
            rows = await provider.stored(tx, after, _BATCH)
            for object_id, stored in rows:
                new = [(field_key, word) for word in records.folded(stored.get(field_key))]
                await repository.set_index(tx, object, object_id, gone=(), new=new)
            if len(rows) < _BATCH:
                await repository.set_index_ready(tx, field.id)
                return
        after = rows[-1][0]
