-- What was backed up, restored for a drill and archived, and how it went: `yizhan doctor` reads it. It
-- belongs to the installation, and no backup holds it: a restored place has none of its own yet.
CREATE TABLE backup_log (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind    text NOT NULL,             -- backup | drill | base
    ok      boolean NOT NULL,
    at      timestamptz NOT NULL DEFAULT now(),
    path    text NOT NULL,
    sha256  text,
    rows    bigint,
    seconds double precision NOT NULL,
    detail  text NOT NULL DEFAULT ''
);
CREATE INDEX backup_log_kind ON backup_log (kind, at);

-- How far the archive of the write-ahead log has come: one row, written by `yizhan archive`.
CREATE TABLE archive_state (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    path     text NOT NULL,
    reach_at timestamptz,              -- everything committed before this is in the archive
    looked_at timestamptz NOT NULL,
    error    text
);

SELECT yizhan_protect();
