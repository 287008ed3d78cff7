-- Who keeps an article up to date. At first whoever wrote it, as far as a person did.

ALTER TABLE article ADD COLUMN owner_id bigint;
UPDATE article a SET owner_id = a.author_id
    FROM agent g WHERE g.workspace_id = a.workspace_id AND g.id = a.author_id;
CREATE INDEX article_owner ON article (workspace_id, owner_id, updated_at DESC) WHERE owner_id IS NOT NULL;

SELECT yizhan_protect();
