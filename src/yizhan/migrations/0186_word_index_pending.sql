-- What was written last to an index of words waits in a list that every search reads through. Four megabytes
-- of it cost each search milliseconds, however rare the word; a quarter of one costs nothing that is seen.

ALTER INDEX search_doc_vector SET (gin_pending_list_limit = 256);
ALTER INDEX search_doc_others SET (gin_pending_list_limit = 256);
ALTER INDEX ticket_subject_parts SET (gin_pending_list_limit = 256);
SELECT gin_clean_pending_list('search_doc_vector'), gin_clean_pending_list('search_doc_others');
