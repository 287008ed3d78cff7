import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Progress } from 'antd'
import { Undo2 } from 'lucide-react'
import { useRef } from 'react'
import { type AskedMessage, type Head, labelNamesQuery } from '@/shared/api/learning'
import type { components } from '@/shared/api/schema.gen'
import { useHotkeys } from '@/shared/hotkeys'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Kbd, Time } from '@/shared/ui'
import { percent } from './figures'
import { LabelPicker } from './LabelPicker'
import styles from './learning.module.css'
import { useAnswers } from './useAnswers'
import { useLabelName } from './useLabelName'

interface Props {
  head: Head
  queue: components['schemas']['LabelQueue']
}

/** One message at a time: 1 to 5 for the guesses, letters for others, s to skip, u to take back. */
export function Asking({ head, queue }: Props) {
  const { t } = useTranslation()
  const { current, left, answer, undo, last } = useAnswers(head, queue)
  const { data: labels = [] } = useQuery(labelNamesQuery(head))
  const field = useRef<HTMLInputElement>(null)
  const guesses = current
    ? guessesOf(
        current,
        labels.map(({ label }) => label),
      )
    : []
  const focus = (event: KeyboardEvent) => {
    event.preventDefault()
    field.current?.focus()
  }
  useHotkeys({
    ...Object.fromEntries(
      guesses.map(({ label }, place) => [String(place + 1), () => void answer(label)]),
    ),
    s: () => void answer(null),
    u: () => void undo(),
    '/': focus,
  })
  const done = queue.items.length - left
  return (
    <div className={styles.asking}>
      <div className={styles.done}>
        <Progress
          className={styles.progress}
          percent={Math.round((done / queue.items.length) * 100)}
          showInfo={false}
          size="small"
          aria-label={t('learning.askedProgress')}
        />
        <span className={styles.count}>
          {t('learning.answered', { count: queue.answered + done })}
        </span>
        <Button
          size="small"
          icon={<Undo2 size={14} />}
          disabled={last === null}
          onClick={() => void undo()}
        >
          {t('learning.undo')} <Kbd keys="u" />
        </Button>
      </div>
      {current && (
        <>
          <Message asked={current} />
          <Guesses head={head} guesses={guesses} pick={(label) => void answer(label)} />
          <div className={styles.other}>
            <LabelPicker
              head={head}
              ref={field}
              pick={(label, isNew) => void answer(label, isNew)}
            />
            <Button onClick={() => void answer(null)}>
              {t('learning.skip')} <Kbd keys="s" />
            </Button>
          </div>
        </>
      )}
    </div>
  )
}

interface Guess {
  label: string
  share: number | null
}

/** The likeliest labels; where all fit on five keys, all of them in a fixed order. */
function guessesOf({ guesses }: AskedMessage, labels: string[]): Guess[] {
  const shares = new Map(guesses.map(({ label, share }) => [label, share]))
  if (labels.length > 0 && labels.length <= 5)
    return labels.map((label) => ({ label, share: shares.get(label) ?? null }))
  return guesses
}

function Message({ asked }: { asked: AskedMessage }) {
  const { t } = useTranslation()
  return (
    <article className={styles.message} aria-label={t('learning.message')} aria-live="polite">
      <p>{asked.text}</p>
      <footer>
        <Link to="/inbox" search={{ view: 'all', ticket: asked.ticket.id }}>
          #{asked.ticket.number} {asked.ticket.subject}
        </Link>
        <Time at={asked.at} />
      </footer>
    </article>
  )
}

function Guesses({
  head,
  guesses,
  pick,
}: {
  head: Head
  guesses: Guess[]
  pick: (label: string) => void
}) {
  const { t } = useTranslation()
  const locale = useLocale()
  const name = useLabelName(head)
  if (guesses.length === 0) return <p className={styles.none}>{t('learning.noGuess')}</p>
  return (
    <ol className={styles.guesses} aria-label={t('learning.guesses')}>
      {guesses.map(({ label, share }, place) => (
        <li key={label}>
          <button type="button" onClick={() => pick(label)}>
            <Kbd keys={String(place + 1)} />
            <span className={styles.name}>{name(label)}</span>
            {share !== null && <small>{percent(share, locale)}</small>}
          </button>
        </li>
      ))}
    </ol>
  )
}
