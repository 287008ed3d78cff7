import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight, MessagesSquare } from 'lucide-react'
import { useState } from 'react'
import { api, type Id, type TicketRow } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { More, QueryView } from '@/shared/page'
import { ChannelIcon, Empty, StatusTag, Time } from '@/shared/ui'
import styles from './customers.module.css'

/** Every conversation with this person, over all channels, newest first; each unfolds in place. */
export function Timeline({ contactId }: { contactId: Id }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['contact', contactId, 'tickets', 'all'],
    queryFn: ({ pageParam, signal }) =>
      api.get('/contacts/{contact_id}/tickets', {
        path: { contact_id: contactId },
        query: { limit: 25, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  })
  const rows = query.data?.pages.flatMap((page) => page.items)
  return (
    <>
      <QueryView query={{ ...query, data: rows }} lines={8}>
        {(tickets) =>
          tickets.length === 0 ? (
            <Empty
              icon={MessagesSquare}
              title={t('people.noConversations')}
              hint={t('people.noConversationsHint')}
            />
          ) : (
            <ol className={styles.timeline}>
              {tickets.map((ticket, at) => (
                <Conversation key={ticket.id} ticket={ticket} first={at === 0} />
              ))}
            </ol>
          )
        }
      </QueryView>
      <More query={query} />
    </>
  )
}

function Conversation({ ticket, first }: { ticket: TicketRow; first: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(first)
  return (
    <li className={styles.ticket}>
      <button
        type="button"
        className={styles.ticketHead}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight size={15} aria-hidden="true" />
        <ChannelIcon channel={ticket.channel} size={15} />
        <span style={{ minWidth: 0 }}>
          <strong>{ticket.subject || t('list.noSubject')}</strong>
          <small>
            #{ticket.number} · {ticket.preview || t('list.noPreview')}
          </small>
        </span>
        <span className={styles.ticketMeta}>
          <StatusTag status={ticket.status} category={ticket.status_category} />
          <Time at={ticket.last_message_at ?? ticket.created_at} />
        </span>
      </button>
      {open && <Messages ticket={ticket} />}
    </li>
  )
}

function Messages({ ticket }: { ticket: TicketRow }) {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['contact', 'messages', ticket.id, ticket.version],
    queryFn: ({ signal }) =>
      api.get('/tickets/{ticket_id}/messages', {
        path: { ticket_id: ticket.id },
        query: { limit: 6 },
        signal,
      }),
    staleTime: 10_000,
  })
  return (
    <>
      <QueryView query={query} lines={3}>
        {({ items }) => (
          <ol className={styles.messages}>
            {items
              .filter(({ direction }) => direction !== 'system')
              .map((message) => (
                <li key={message.id} className={styles.message} data-direction={message.direction}>
                  <header>
                    <span>
                      {message.author.name || t('common.system')}
                      {message.direction === 'note' && ` · ${t('people.note')}`}
                    </span>
                    <Time at={message.created_at} />
                  </header>
                  <p>{message.body_text}</p>
                </li>
              ))}
          </ol>
        )}
      </QueryView>
      <Link to="/inbox" search={{ view: 'all', ticket: ticket.id }} className={styles.openTicket}>
        {t('people.openTicket', { number: ticket.number })}
      </Link>
    </>
  )
}
