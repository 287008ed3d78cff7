-- Articles in languages, with every version that there ever was, and what customers said of them.

CREATE TABLE knowledge_category (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    parent_id    bigint,
    brand_id     bigint,                    -- null: every brand's
    names        jsonb NOT NULL,            -- locale -> name
    position     int NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE article (
    workspace_id  bigint NOT NULL,
    id            bigint NOT NULL,
    category_id   bigint,
    brand_id      bigint,                   -- null: every brand's
    audience      text NOT NULL DEFAULT 'public',   -- public | customers | tagged | agents
    audience_tags text[] NOT NULL DEFAULT '{}',     -- of the customer, where the audience is tagged
    locale        text NOT NULL,            -- the language that it was first written in
    author_id     bigint,
    author_name   text NOT NULL DEFAULT '',
    review_on     date,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX article_recent ON article (workspace_id, updated_at DESC, id DESC);
CREATE INDEX article_category ON article (workspace_id, category_id);
CREATE INDEX article_review ON article (workspace_id, review_on) WHERE review_on IS NOT NULL;

-- One language of an article. What is shown is the published version; work goes on in later ones.
CREATE TABLE article_text (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    article_id   bigint NOT NULL,
    locale       text NOT NULL,
    state        text NOT NULL DEFAULT 'draft',     -- draft | published | archived
    version      int NOT NULL,              -- the newest one
    published    int,                       -- the one that is shown
    published_at timestamptz,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX article_text_of ON article_text (workspace_id, article_id, locale);

CREATE TABLE article_version (
    workspace_id bigint NOT NULL,
    text_id      bigint NOT NULL,
    version      int NOT NULL,
    title        text NOT NULL,
    summary      text NOT NULL DEFAULT '',
    html         text NOT NULL,
    plain        text NOT NULL,
    restored     int,                       -- the version that this one brought back
    author_id    bigint,
    author_name  text NOT NULL DEFAULT '',
    at           timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, text_id, version)
);

CREATE TABLE article_file (
    workspace_id bigint NOT NULL,
    article_id   bigint NOT NULL,
    file_id      bigint NOT NULL,
    listed       boolean NOT NULL DEFAULT false,    -- offered below the article, not only shown in it
    position     int NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, article_id, file_id)
);
CREATE INDEX article_file_file ON article_file (workspace_id, file_id);

CREATE TABLE article_feedback (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    article_id   bigint NOT NULL,
    locale       text NOT NULL,
    version      int NOT NULL,
    visitor      text NOT NULL,             -- a keyed hash that is good for a day
    contact_id   bigint,
    helpful      boolean NOT NULL,
    comment      text NOT NULL DEFAULT '',
    at           timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX article_feedback_visitor ON article_feedback (workspace_id, article_id, locale, visitor);

-- The articles that share words with a text, best first: rare words weigh more, long texts less.
-- Under row-level security `@@` loses its index; the tenant is taken from the setting.
CREATE FUNCTION yizhan_rank_articles(wanted text[], asked tsquery, most int)
RETURNS TABLE (id bigint, words text[], score double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH doc AS MATERIALIZED (
        SELECT d.id, d.vector FROM search_doc d
        WHERE d.workspace_id = (SELECT yizhan_workspace()) AND d.vector @@ asked AND d.ticket_id IS NULL
          AND d.kind = 'article'
        LIMIT 5000
    ), total AS (
        SELECT count(*)::float8 AS n FROM article_text WHERE workspace_id = (SELECT yizhan_workspace())
    ), hit AS (
        SELECT doc.id, w.word, length(doc.vector) AS size FROM doc
        CROSS JOIN LATERAL unnest(tsvector_to_array(doc.vector)) AS l(word)
        JOIN unnest(wanted) AS w(word) USING (word)
    ), weighed AS (
        SELECT hit.id, hit.word, hit.size,
               ln(1 + total.n / count(*) OVER (PARTITION BY hit.word)) AS weight
        FROM hit, total
    )
    SELECT w.id, array_agg(w.word ORDER BY w.weight DESC, w.word),
           sum(w.weight) / (4 + ln(1 + max(w.size)))
    FROM weighed w GROUP BY w.id ORDER BY 3 DESC, w.id LIMIT most
$$;

-- The built-in roles learn of articles; an administrator may do everything already.
UPDATE role SET grants = grants || '[{"permission": "knowledge:read", "scope": "all"}]'::jsonb
    WHERE system IN ('lead', 'agent', 'viewer') AND NOT grants @> '[{"permission": "knowledge:read"}]'::jsonb;
UPDATE role SET grants = grants || '[{"permission": "knowledge:edit", "scope": "all"}]'::jsonb
    WHERE system IN ('lead', 'agent') AND NOT grants @> '[{"permission": "knowledge:edit"}]'::jsonb;
UPDATE role SET grants = grants || '[{"permission": "knowledge:publish", "scope": "all"}]'::jsonb
    WHERE system = 'lead' AND NOT grants @> '[{"permission": "knowledge:publish"}]'::jsonb;

SELECT yizhan_protect();
