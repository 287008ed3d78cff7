import { useQuery } from '@tanstack/react-query'
import { type Conversation, channelsQuery } from '@/shared/api'

/** What the way of an answer can carry. A note stays here, and here everything can be shown. */
export function useCarries(conversation?: Conversation): { html: boolean; recipients: boolean } {
  const { data } = useQuery(channelsQuery)
  if (!conversation) return { html: true, recipients: false }
  const found = data?.find(({ id }) => id === conversation.channel)?.capabilities
  return { html: found?.html ?? false, recipients: found?.recipients ?? false }
}
