-- A notice may concern something that is no ticket: a run of the lab, for instance. The release before
-- reads notices with their tickets and leaves these out.

ALTER TABLE notification ALTER COLUMN ticket_id DROP NOT NULL;
ALTER TABLE notification ADD COLUMN link text; -- where it leads, within the program; null: to the ticket
