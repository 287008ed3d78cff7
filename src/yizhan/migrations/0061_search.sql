-- Search over millions of messages: the newest first where a word is common, by the word where it is rare.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The words of a workspace's own messages and in how many they stand: what is common, and what somebody
-- may have meant who mistyped. Numbers are not kept.
CREATE TABLE search_word (
    workspace_id bigint NOT NULL,
    word         text NOT NULL,
    docs         bigint NOT NULL,
    PRIMARY KEY (workspace_id, word)
);
CREATE INDEX search_word_alike ON search_word USING gin (workspace_id, word gin_trgm_ops)
    WHERE word ~ '^[a-z]{4,40}$';

-- Messages from the newest on, those of one ticket, and what is not of a ticket at all.
CREATE INDEX search_doc_newest ON search_doc (workspace_id, id DESC) WHERE ticket_id IS NOT NULL;
CREATE INDEX search_doc_ticket ON search_doc (workspace_id, ticket_id, id DESC) WHERE ticket_id IS NOT NULL;
CREATE INDEX search_doc_others ON search_doc USING gin (workspace_id, vector) WHERE ticket_id IS NULL;

-- Under row-level security `@@` and `%` lose their indexes: hence these, which take the tenant from the
-- setting. What a reader may see is asked of the tickets by the caller.
CREATE FUNCTION yizhan_search_docs(query tsquery, with_internal boolean, before bigint, most int)
RETURNS TABLE (id bigint, ticket_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH hit AS MATERIALIZED (
        SELECT d.id, d.ticket_id FROM search_doc d
        WHERE d.workspace_id = (SELECT yizhan_workspace()) AND d.vector @@ query AND d.ticket_id IS NOT NULL
          AND (with_internal OR NOT d.internal)
    ) SELECT hit.id, hit.ticket_id FROM hit WHERE hit.id < before ORDER BY hit.id DESC LIMIT most
$$;

CREATE FUNCTION yizhan_search_others(query tsquery, wanted_kind text, before bigint, most int)
RETURNS TABLE (id bigint, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH hit AS MATERIALIZED (
        SELECT d.id, d.at FROM search_doc d
        WHERE d.workspace_id = (SELECT yizhan_workspace()) AND d.vector @@ query AND d.ticket_id IS NULL
          AND d.kind = wanted_kind
    ) SELECT hit.id, hit.at FROM hit WHERE hit.id < before ORDER BY hit.id DESC LIMIT most
$$;

CREATE FUNCTION yizhan_words_alike(wanted text, most int) RETURNS TABLE (word text, docs bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET pg_trgm.similarity_threshold = 0.2 AS $$
    SELECT w.word, w.docs FROM search_word w
    WHERE w.workspace_id = (SELECT yizhan_workspace()) AND w.word % wanted AND w.word ~ '^[a-z]{4,40}$'
    ORDER BY similarity(w.word, wanted) DESC, w.docs DESC LIMIT most
$$;

CREATE FUNCTION yizhan_words_from(start text, most int) RETURNS TABLE (word text, docs bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT w.word, w.docs FROM search_word w
    WHERE w.workspace_id = (SELECT yizhan_workspace()) AND w.word >= start AND w.word < start || U&'\FFFF'
    ORDER BY w.docs DESC LIMIT most
$$;

SELECT yizhan_protect();
