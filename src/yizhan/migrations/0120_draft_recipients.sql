-- Whom an unfinished answer goes to; null leaves it to the server: whoever wrote.
ALTER TABLE draft ADD COLUMN recipients text[], ADD COLUMN copies text[];

SELECT yizhan_protect();
