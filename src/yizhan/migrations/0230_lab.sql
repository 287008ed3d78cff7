-- The evaluation lab: cases to measure the desk's AI by, runs over them, and changes that wait for a run.

CREATE TABLE golden_set (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    name         text NOT NULL,
    kind         text NOT NULL,              -- intent | category | emotion | urgency | retrieval
    filters      jsonb NOT NULL DEFAULT '{}',-- which resolved tickets cases are taken from
    tolerance    double precision NOT NULL,              -- how much worse a change may be and still pass, 0 to 1
    guards       boolean NOT NULL,           -- whether changes wait for a run
    nightly      boolean NOT NULL,           -- whether cases are taken and measured each night
    gathering    jsonb NOT NULL DEFAULT '{}',-- how the last taking from tickets went
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

-- A customer's words with tokens where personal data stood, and what is right for them.
CREATE TABLE golden_case (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    set_id       bigint NOT NULL,
    text         text NOT NULL,
    expected     text[] NOT NULL,            -- one label, or the articles that answer it
    source       text NOT NULL,              -- ticket | hand | import
    ticket_id    bigint,
    message_id   bigint,                     -- nothing is learned from it while it is a case
    language     text NOT NULL DEFAULT 'und',
    active       boolean NOT NULL DEFAULT true,
    since        timestamptz NOT NULL,       -- since when nothing is learned from it
    added_by     jsonb NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX golden_case_set ON golden_case (workspace_id, set_id, id);
CREATE INDEX golden_case_active ON golden_case (workspace_id, set_id, id) WHERE active;

-- The cases as they were when a run measured with them: the same hash is the same cases.
CREATE TABLE golden_snapshot (
    workspace_id bigint NOT NULL,
    set_id       bigint NOT NULL,
    hash         text NOT NULL,
    cases        jsonb NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, set_id, hash)
);

CREATE TABLE lab_run (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    set_id       bigint NOT NULL,
    number       int NOT NULL,
    cause        text NOT NULL,              -- button | nightly | change | base
    state        text NOT NULL,              -- waiting | running | done | cancelled | failed
    reason       text NOT NULL DEFAULT '',
    change_id    bigint,                     -- the change that it measures
    version_id   bigint,                     -- the version of a model that it measures, not in use
    base_id      bigint,                     -- the run that it is compared with
    snapshot     text NOT NULL DEFAULT '',
    fingerprint  text NOT NULL DEFAULT '',   -- of what was measured
    measured     jsonb NOT NULL DEFAULT '{}',-- the same for people
    done         int NOT NULL DEFAULT 0,
    total        int NOT NULL DEFAULT 0,
    report       jsonb NOT NULL DEFAULT '{}',
    started_by   jsonb NOT NULL,
    created_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX lab_run_number ON lab_run (workspace_id, set_id, number);
CREATE INDEX lab_run_change ON lab_run (workspace_id, change_id) WHERE change_id IS NOT NULL;

CREATE TABLE lab_outcome (
    workspace_id bigint NOT NULL,
    run_id       bigint NOT NULL,
    case_id      bigint NOT NULL,
    said         text[] NOT NULL,            -- the label, or the articles found first
    confidence   double precision NOT NULL,
    worth        double precision NOT NULL,              -- 1 right, 0 wrong, in between: left to a person, found lower down
    learned      boolean NOT NULL,           -- it was learned from, so it proves nothing
    was          text[],                     -- what the base said; null: not compared
    was_worth    double precision,
    turned       text,                       -- broke | mended
    PRIMARY KEY (workspace_id, run_id, case_id)
);
CREATE INDEX lab_outcome_turned ON lab_outcome (workspace_id, run_id, turned, case_id) WHERE turned IS NOT NULL;

-- Changes of what customers get. At most one of a thing is open.
CREATE TABLE lab_change (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    kind         text NOT NULL,              -- model | threshold | article | questions
    subject      text NOT NULL,
    variant      text NOT NULL,
    title        text NOT NULL,
    detail       jsonb NOT NULL,
    state        text NOT NULL,              -- checking | blocked | passed | overridden | withdrawn | failed
    reason       text NOT NULL DEFAULT '',
    asked_by     jsonb NOT NULL,
    settled_by   jsonb,
    created_at   timestamptz NOT NULL,
    settled_at   timestamptz,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX lab_change_open ON lab_change (workspace_id, kind, subject)
    WHERE state IN ('checking', 'blocked');

SELECT yizhan_protect();
