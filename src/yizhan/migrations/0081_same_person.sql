-- Two contacts of whom somebody said that they are not one person: never suggested again.
CREATE TABLE contact_apart (
    workspace_id bigint NOT NULL,
    low_id       bigint NOT NULL,           -- the smaller id of the two
    high_id      bigint NOT NULL,
    said_by      jsonb NOT NULL,
    said_at      timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, low_id, high_id)
);
CREATE INDEX contact_apart_high ON contact_apart (workspace_id, high_id);

SELECT yizhan_protect();
