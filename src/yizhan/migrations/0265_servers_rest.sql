-- A model server that keeps failing is left alone by every process, not only by the one that found out.

ALTER TABLE copilot_server ADD COLUMN resting_until timestamptz;
