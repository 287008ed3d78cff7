-- What of the work on a ticket a merge has taken along, so that its undo brings exactly that back.

CREATE TABLE task_move (
    workspace_id bigint NOT NULL,
    operation_id bigint NOT NULL,
    kind         text NOT NULL,             -- time_entry | checklist_item | reminder
    row_id       bigint NOT NULL,
    from_id      bigint NOT NULL,           -- ticket
    into_id      bigint NOT NULL,           -- ticket
    position     int,                       -- of an item in the checklist that it left
    PRIMARY KEY (workspace_id, operation_id, kind, row_id)
);

SELECT yizhan_protect();
