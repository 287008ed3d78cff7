import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react'
import { api, type Id, searchQuery, type Ticket } from '@/shared/api'
import { composing } from '@/shared/hotkeys'
import { useTranslation } from '@/shared/i18n'
import styles from './relations.module.css'

export interface Choice {
  id: Id
  number: number
  subject: string
}

interface Props {
  ticket: Ticket
  chosen: Choice | null
  choose: (choice: Choice) => void
}

const steps: Record<string, 1 | -1> = { ArrowDown: 1, ArrowUp: -1 }

/**
 * Another ticket: the customer's own first, any other by its number or its words. The focus stays in
 * the field while keys go along the list: results that come and go cannot take it away.
 */
export function TicketSearch({ ticket, chosen, choose }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [typed, setTyped] = useState('')
  const { items, settled, searched } = useOthers(ticket, typed)
  const [wanted, setActive] = useState<Id | null>(null)
  const active = Math.max(
    0,
    items.findIndex((item) => item.id === wanted),
  )
  const list = useRef<HTMLDivElement>(null)
  const current = items[active]
  // Enter before the answer is there means the first of what will be found.
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    if (!asked || !settled) return
    setAsked(false)
    if (current) choose(current)
  }, [asked, settled, current, choose])
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the other entry that has to be seen
  useEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView?.({ block: 'nearest' })
  }, [current?.id])

  function onKey(event: KeyboardEvent<HTMLElement>) {
    if (composing(event)) return
    const by = steps[event.key]
    if (by) {
      event.preventDefault()
      setActive(items[Math.min(items.length - 1, Math.max(0, active + by))]?.id ?? null)
    }
    if (event.key === 'Enter') setAsked(true)
  }
  return (
    <>
      <Input
        autoFocus
        allowClear
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={current ? `${id}-${current.id}` : undefined}
        aria-label={t('relations.search')}
        placeholder={t('relations.search')}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setAsked(false)
          setActive(null)
        }}
        onKeyDown={onKey}
      />
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={t('relations.search')}
        className={styles.results}
      >
        {items.map((item) => (
          <div
            key={item.id}
            id={`${id}-${item.id}`}
            role="option"
            tabIndex={-1}
            className={styles.result}
            aria-selected={chosen?.id === item.id}
            data-active={item === current}
            onMouseDown={(event) => {
              event.preventDefault()
              setActive(item.id)
              choose(item)
            }}
          >
            <span className={styles.number}>#{item.number}</span>
            <span className="truncate">{item.subject}</span>
          </div>
        ))}
      </div>
      {settled && items.length === 0 && (
        <p className={styles.note}>{t(searched ? 'relations.noneFound' : 'relations.noOther')}</p>
      )}
    </>
  )
}

const shown = 8

/** What was found, without the ticket itself; what stood there stays until the next is found. */
function useOthers(ticket: Ticket, typed: string) {
  const words = typed.trim()
  const q = useDeferredValue(words)
  const searching = searchQuery(q, 'ticket')
  const found = useQuery({ ...searching, placeholderData: keepPreviousData })
  const own = useQuery({
    queryKey: ['contact', ticket.requester.id, 'tickets'],
    queryFn: ({ signal }) =>
      api.get('/contacts/{contact_id}/tickets', {
        path: { contact_id: ticket.requester.id },
        signal,
      }),
  })
  const searched = searching.enabled === true
  const all: Choice[] = searched
    ? (found.data?.items ?? []).flatMap((hit) =>
        hit.kind === 'ticket' && hit.number
          ? [{ id: hit.id, number: hit.number, subject: hit.title }]
          : [],
      )
    : (own.data?.items ?? []).map(({ id, number, subject }) => ({ id, number, subject }))
  const current = searched ? found : own
  return {
    items: all.filter(({ id }) => id !== ticket.id).slice(0, shown),
    settled: q === words && !current.isPending && !current.isPlaceholderData,
    searched,
  }
}
