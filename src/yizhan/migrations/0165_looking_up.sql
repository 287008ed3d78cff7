-- Conditions over custom fields by an index, once all that was stored before stands in it.

ALTER TABLE field ADD COLUMN index_ready boolean NOT NULL DEFAULT false;
UPDATE field SET index_ready = true WHERE indexed AND active;

-- All records with one of some values, as one array: asked once in a statement, also where row-level
-- security would keep an index over the values from being used.
CREATE FUNCTION yizhan_ids_with_field(of_object text, of_key text, wanted text[]) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT coalesce(array_agg(DISTINCT object_id), '{}') FROM field_value
    WHERE workspace_id = (SELECT yizhan_workspace()) AND object = of_object AND key = of_key AND value = ANY(wanted)
$$;

SELECT yizhan_protect();
