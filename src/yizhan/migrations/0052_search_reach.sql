-- Tickets found by words, among those that the reader may see. A word that stands in every message
-- must not use up the result before it is known which of the hits are the reader's own.

CREATE FUNCTION yizhan_search_tickets(
    query tsquery, with_internal boolean, everything boolean, units bigint[], teams bigint[], own bigint, most int
) RETURNS TABLE (ticket_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH hit AS MATERIALIZED (
        SELECT d.ticket_id, max(d.at) AS at FROM search_doc d
        WHERE d.workspace_id = (SELECT yizhan_workspace()) AND d.vector @@ query
          AND d.kind = 'message' AND (with_internal OR NOT d.internal)
        GROUP BY d.ticket_id
    )
    SELECT hit.ticket_id FROM hit
    WHERE everything OR EXISTS (
        SELECT FROM ticket t
        WHERE t.workspace_id = (SELECT yizhan_workspace()) AND t.id = hit.ticket_id
          AND (t.unit_id = ANY(units) OR t.assignee_id = own
               -- teams is null for one who has no right by team; a ticket without a team is everybody's
               OR (teams IS NOT NULL AND (t.team_id IS NULL OR t.team_id = ANY(teams))))
    )
    ORDER BY hit.at DESC LIMIT most
$$;

SELECT yizhan_protect();
