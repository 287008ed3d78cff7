-- Which topics a brand's pages show, and signing in by way of the brand's own website.

ALTER TABLE portal
    ADD COLUMN categories bigint[],             -- null: all; with those within them
    ADD COLUMN sso_url text NOT NULL DEFAULT '',  -- where customers sign in at the brand's website
    ADD COLUMN sso_secret bytea;                -- sealed; what the website signs with

-- A signed hand-over works once. Rows go when the hand-over would be too old anyway.
CREATE TABLE portal_handover (
    workspace_id bigint NOT NULL,
    brand_id     bigint NOT NULL,
    key          bytea NOT NULL,                -- a hash of its number
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, brand_id, key)
);
CREATE INDEX portal_handover_end ON portal_handover (workspace_id, expires_at);

SELECT yizhan_protect();
