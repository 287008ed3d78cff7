import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { MessagesSquare } from 'lucide-react'
import type { Id } from '@/shared/api'
import { timelineQuery } from '@/shared/api/customers'
import { useTranslation } from '@/shared/i18n'
import { More, QueryView } from '@/shared/page'
import { ChannelIcon, Empty, Time } from '@/shared/ui'
import styles from './customers.module.css'

/** Every message with this person in one line of time, whatever the channel and the ticket. */
export function AllMessages({ contactId }: { contactId: Id }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(timelineQuery(contactId))
  const said = query.data?.pages.flatMap((page) => page.items)
  return (
    <>
      <QueryView query={{ ...query, data: said }} lines={8}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={MessagesSquare} title={t('people.noConversations')} />
          ) : (
            <ol className={styles.messages}>
              {items.map((item) => (
                <li key={item.id} className={styles.message} data-direction={item.direction}>
                  <header>
                    <span>
                      <ChannelIcon channel={item.channel} size={13} />{' '}
                      {item.author || t('common.system')} ·{' '}
                      <Link to="/inbox" search={{ view: 'all', ticket: item.ticket.id }}>
                        #{item.ticket.number}
                      </Link>
                    </span>
                    <Time at={item.at} />
                  </header>
                  <p>{item.text}</p>
                </li>
              ))}
            </ol>
          )
        }
      </QueryView>
      <More query={query} />
    </>
  )
}
