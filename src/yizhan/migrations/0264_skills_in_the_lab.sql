-- Skills are measured in the lab: their prompts can be a workspace's own, and cases have structured inputs.

ALTER TABLE copilot_skill ADD COLUMN prompts jsonb NOT NULL DEFAULT '{}'; -- language -> in place of the skill's own
ALTER TABLE golden_case ADD COLUMN input jsonb;                          -- what a skill sees; null: the text is all
