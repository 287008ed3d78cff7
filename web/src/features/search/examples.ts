import type { Locale } from '@/shared/theme'

/** What a search can be narrowed by, as it is written. */
export const examples = (locale: Locale) =>
  [
    { id: 'from', text: 'from:ann@example.com' },
    { id: 'tag', text: locale === 'en' ? 'tag:refund' : 'tag:退款' },
    { id: 'status', text: locale === 'en' ? 'status:open' : 'status:处理中' },
    { id: 'assignee', text: 'assignee:me' },
    { id: 'after', text: 'after:7d' },
    { id: 'before', text: 'before:2026-01' },
    { id: 'has', text: 'has:file' },
    { id: 'is', text: 'is:unread' },
    { id: 'field', text: 'field:order_no=A-1001' },
    { id: 'phrase', text: locale === 'en' ? '"left ear"' : '"左耳没声音"' },
    { id: 'without', text: locale === 'en' ? '-delivery' : '-物流' },
  ] as const

/** The query with an example behind it, once. */
export const withExample = (query: string, text: string) =>
  query.split(/\s+/).includes(text) ? query : `${query} ${text}`.trim()
