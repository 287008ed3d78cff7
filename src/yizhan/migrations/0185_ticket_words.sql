-- Lists by a tag or by a part of the subject that few tickets have: found by an index, whatever the order
-- of the list. Kept by triggers, so that whoever writes a ticket, also the release before this one, keeps
-- them; a row is written only when its tag or subject changes, not with each movement of the ticket.

CREATE TABLE ticket_tag (
    workspace_id bigint NOT NULL,
    tag          text NOT NULL,
    ticket_id    bigint NOT NULL,
    PRIMARY KEY (workspace_id, tag, ticket_id)
);

-- In lower case, with each Chinese, Japanese or Korean character twice: two such characters are then enough
-- for a trigram. A text that holds another one holds it in this form, too.
CREATE FUNCTION yizhan_spread(content text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT regexp_replace(lower(content), '([\u2e80-\uffdf])', '\1\1', 'g') $$;

CREATE TABLE ticket_subject (
    workspace_id bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    subject      text NOT NULL,             -- spread
    PRIMARY KEY (workspace_id, ticket_id)
);
CREATE INDEX ticket_subject_parts ON ticket_subject USING gin (workspace_id, subject gin_trgm_ops);

-- Workspaces whose older tickets are not in these tables yet: a job goes from the newest to the oldest.
CREATE TABLE ticket_words_missing (
    workspace_id bigint NOT NULL PRIMARY KEY,
    upto         bigint NOT NULL            -- tickets above it are in
);

CREATE FUNCTION yizhan_keep_tags() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM ticket_tag WHERE workspace_id = OLD.workspace_id AND ticket_id = OLD.id
            AND tag = ANY(OLD.tags) AND (TG_OP = 'DELETE' OR tag <> ALL(NEW.tags));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO ticket_tag SELECT NEW.workspace_id, tag, NEW.id FROM unnest(NEW.tags) AS tag
            WHERE tag IS NOT NULL ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yizhan_keep_subject() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM ticket_subject WHERE workspace_id = OLD.workspace_id AND ticket_id = OLD.id;
    ELSE
        INSERT INTO ticket_subject VALUES (NEW.workspace_id, NEW.id, yizhan_spread(NEW.subject))
            ON CONFLICT (workspace_id, ticket_id) DO UPDATE SET subject = excluded.subject;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ticket_tags_new AFTER INSERT ON ticket
    FOR EACH ROW WHEN (NEW.tags <> '{}') EXECUTE FUNCTION yizhan_keep_tags();
CREATE TRIGGER ticket_tags_changed AFTER UPDATE OF tags ON ticket
    FOR EACH ROW WHEN (OLD.tags IS DISTINCT FROM NEW.tags) EXECUTE FUNCTION yizhan_keep_tags();
CREATE TRIGGER ticket_tags_gone AFTER DELETE ON ticket
    FOR EACH ROW WHEN (OLD.tags <> '{}') EXECUTE FUNCTION yizhan_keep_tags();
CREATE TRIGGER ticket_subject_new AFTER INSERT ON ticket
    FOR EACH ROW EXECUTE FUNCTION yizhan_keep_subject();
CREATE TRIGGER ticket_subject_changed AFTER UPDATE OF subject ON ticket
    FOR EACH ROW WHEN (OLD.subject IS DISTINCT FROM NEW.subject) EXECUTE FUNCTION yizhan_keep_subject();
CREATE TRIGGER ticket_subject_gone AFTER DELETE ON ticket
    FOR EACH ROW EXECUTE FUNCTION yizhan_keep_subject();

-- The tickets with one of some tags; null when they are more than that, or not all in the table yet.
CREATE FUNCTION yizhan_few_by_tag(wanted text[], most int) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE found bigint[];
BEGIN
    IF EXISTS (SELECT FROM ticket_words_missing WHERE workspace_id = yizhan_workspace()) THEN
        RETURN NULL;
    END IF;
    SELECT array_agg(x.ticket_id) INTO found FROM (
        SELECT ticket_id FROM ticket_tag
        WHERE workspace_id = (SELECT yizhan_workspace()) AND tag = ANY(wanted) LIMIT most + 1) AS x;
    RETURN CASE WHEN coalesce(cardinality(found), 0) <= most THEN coalesce(found, '{}') END;
END $$;

-- The same for tickets whose subject holds a text. Not asked of the index are a text without a trigram, and
-- one that stands in one of a hundred of the newest: there it would read the most and help the least.
CREATE FUNCTION yizhan_few_by_subject(part text, most int) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
    found bigint[];
    wanted text := yizhan_spread(part);
BEGIN
    IF wanted !~ '[[:alnum:]]{3}'
       OR EXISTS (SELECT FROM ticket_words_missing WHERE workspace_id = yizhan_workspace())
       OR 10 <= (SELECT count(*) FROM (
            SELECT subject FROM ticket_subject WHERE workspace_id = (SELECT yizhan_workspace())
            ORDER BY ticket_id DESC LIMIT 1000) AS newest WHERE strpos(subject, wanted) > 0) THEN
        RETURN NULL;
    END IF;
    WITH hit AS MATERIALIZED (
        SELECT ticket_id FROM ticket_subject WHERE workspace_id = (SELECT yizhan_workspace())
        AND subject LIKE '%' || regexp_replace(wanted, '([\\%_])', '\\\1', 'g') || '%'
    ) SELECT array_agg(x.ticket_id) INTO found FROM (SELECT ticket_id FROM hit LIMIT most + 1) AS x;
    RETURN CASE WHEN coalesce(cardinality(found), 0) <= most THEN coalesce(found, '{}') END;
END $$;

-- What is there already: queued for the worker, so that nobody waits for it.
INSERT INTO ticket_words_missing SELECT DISTINCT w.workspace_id, 9223372036854775807 FROM workspace w
    WHERE EXISTS (SELECT FROM ticket t WHERE t.workspace_id = w.workspace_id);
INSERT INTO pgqueuer (priority, status, entrypoint, payload, dedupe_key, execute_after)
SELECT 0, 'queued', 'tickets.index_words',
       convert_to(json_build_object('workspace_id', workspace_id)::text, 'UTF8'),
       'tickets.index_words:' || workspace_id, now()
FROM ticket_words_missing ON CONFLICT DO NOTHING;

SELECT yizhan_protect();
