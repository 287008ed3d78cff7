import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { type KeyboardEvent, useDeferredValue, useRef, useState } from 'react'
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

/** From the field into its results, and along them; from the first one back. */
function step(event: KeyboardEvent<HTMLElement>, list: HTMLUListElement | null, by: 1 | -1) {
  const all = [...(list?.querySelectorAll('button') ?? [])]
  const next = all.indexOf(event.currentTarget as HTMLButtonElement) + by
  event.preventDefault()
  if (next < 0) list?.parentElement?.querySelector('input')?.focus()
  else all[next]?.focus()
}

/** Another ticket: the customer's own first, any other by its number or its words. */
export function TicketSearch({ ticket, chosen, choose }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const results = useRef<HTMLUListElement>(null)
  const q = useDeferredValue(typed.trim())
  const { data: found, isFetching } = useQuery(searchQuery(q))
  const { data: own } = useQuery({
    queryKey: ['contact', ticket.requester.id, 'tickets'],
    queryFn: ({ signal }) =>
      api.get('/contacts/{contact_id}/tickets', {
        path: { contact_id: ticket.requester.id },
        signal,
      }),
  })
  const choices: Choice[] = q
    ? (found?.items ?? []).flatMap((hit) =>
        hit.kind === 'ticket' && hit.number
          ? [{ id: hit.id, number: hit.number, subject: hit.title }]
          : [],
      )
    : (own?.items ?? []).map(({ id, number, subject }) => ({ id, number, subject }))
  const others = choices.filter(({ id }) => id !== ticket.id).slice(0, 8)
  return (
    <>
      <Input
        autoFocus
        allowClear
        aria-label={t('relations.search')}
        placeholder={t('relations.search')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={(event) => {
          if (!composing(event) && others[0]) choose(others[0])
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' && !composing(event)) step(event, results.current, 1)
        }}
      />
      <ul ref={results} className={styles.results}>
        {others.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              className={styles.result}
              aria-pressed={chosen?.id === item.id}
              onClick={() => choose(item)}
              onKeyDown={(event) => {
                const by = steps[event.key]
                if (by) step(event, results.current, by)
              }}
            >
              <span className={styles.number}>#{item.number}</span>
              <span className="truncate">{item.subject}</span>
            </button>
          </li>
        ))}
      </ul>
      {!isFetching && others.length === 0 && (
        <p className={styles.note}>{t(q ? 'relations.noneFound' : 'relations.noOther')}</p>
      )}
    </>
  )
}
