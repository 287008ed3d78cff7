import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Id, Ticket } from '@/shared/api'
import { type Advised, adviceQuery, noteArticles } from '@/shared/api/advice'
import { useTranslation } from '@/shared/i18n'
import { QueryView, SearchBox } from '@/shared/page'
import { Empty, Tag } from '@/shared/ui'
import styles from './articles.module.css'
import { Reading } from './Reading'
import { phrases } from './why'

/** The articles that fit what the customer wrote, and why; one of them opened in place. */
export default function ArticlesPanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const [q, setQ] = useState('')
  const [open, setOpen] = useState<Advised | null>(null)
  const query = useQuery(adviceQuery(ticket.id, q))
  useShown(ticket.id, query.data)
  if (open) return <Reading ticket={ticket} article={open} back={() => setOpen(null)} />
  return (
    <section className={styles.articles} aria-label={t('advice.title')}>
      <SearchBox value={q} label={t('advice.search')} onChange={setQ} />
      <QueryView query={query} lines={5}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('advice.none')} hint={t('advice.noneHint')} />
          ) : (
            <ul className={styles.list}>
              {items.map((item) => (
                <li key={item.id}>
                  <button type="button" lang={item.locale} onClick={() => setOpen(item)}>
                    {item.title}
                  </button>
                  <p lang={item.locale}>{item.summary}</p>
                  <Reason item={item} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  )
}

function Reason({ item }: { item: Advised }) {
  const { t } = useTranslation()
  const words = phrases(
    [...new Set([...item.reason.in_title, ...item.reason.words])],
    `${item.title}\n${item.summary}`,
    4,
  )
  return (
    <p className={styles.why}>
      {words.length > 0 && <span>{t('advice.why', { words: words.join(' · ') })}</span>}
      {words.length === 0 && item.reason.near && (
        <span>{t('advice.near', { text: item.reason.near })}</span>
      )}
      {item.audience === 'agents' && <Tag tone="warn">{t('advice.inner')}</Tag>}
      {item.steps.includes('sent') && <Tag tone="ok">{t('advice.steps.sent')}</Tag>}
    </p>
  )
}

/** Notes once what was on the screen. */
function useShown(ticket: Id, items: Advised[] | undefined) {
  const noted = useRef(new Set<string>())
  useEffect(() => {
    const fresh = (items ?? []).filter(
      ({ id, steps }) => !steps.includes('shown') && !noted.current.has(id),
    )
    if (fresh.length === 0) return
    const ids = fresh.map(({ id }) => id)
    for (const id of ids) noted.current.add(id)
    // Of figures alone: an agent is not troubled when this one is lost.
    noteArticles(ticket, { article_ids: ids, step: 'shown' }).catch(() => undefined)
  }, [ticket, items])
}
