-- Those who were merged into a customer. Without it each look at a customer's figures read all customers.
-- concurrently
CREATE INDEX CONCURRENTLY contact_merged ON contact (workspace_id, merged_into) WHERE merged_into IS NOT NULL;
