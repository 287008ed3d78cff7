import { useQueryClient } from '@tanstack/react-query'
import { Popover } from 'antd'
import { ChevronDown, CircleHelp } from 'lucide-react'
import { useState } from 'react'
import type { Ticket } from '@/shared/api'
import { correctSignal, type Judged, type Signal, signalsQuery } from '@/shared/api/understanding'
import { useLocale, useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { LabelPicker } from './LabelPicker'
import styles from './understanding.module.css'
import { Why } from './Why'
import { outOfScope, sureness, wordOf } from './wording'

interface Props {
  ticket: Ticket
  head: Judged
  signal: Signal | undefined
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** What one head says: its value opens the choice of another, and shows why on hover and focus. */
export function Reading({ ticket, head, signal, ...menu }: Props) {
  const { t } = useTranslation()
  const [own, setOwn] = useState(false)
  const correct = useCorrect(ticket)
  const open = menu.open ?? own
  const setOpen = menu.onOpenChange ?? setOwn
  const mayEdit = ticket.abilities.includes('ticket:edit')
  if (!signal && !open && head !== 'intent') return null
  return (
    <>
      <dt>{t(`signals.heads.${head}`)}</dt>
      <dd>
        {open && mayEdit ? (
          <LabelPicker
            head={head}
            signal={signal}
            close={() => setOpen(false)}
            choose={(label) => {
              setOpen(false)
              correct(head, label)
            }}
          />
        ) : (
          <Value
            head={head}
            signal={signal}
            correct={mayEdit ? (label) => correct(head, label) : undefined}
            open={() => setOpen(true)}
          />
        )}
      </dd>
    </>
  )
}

/** A person's word is shown at once and read again when the server has it. */
export function useCorrect(ticket: Ticket) {
  const client = useQueryClient()
  const { t } = useTranslation()
  const { run } = useAction()
  return async (head: string, now: string) => {
    const saved = await run(() => correctSignal(ticket.id, head, now), {
      done: t('signals.corrected'),
    })
    if (saved) client.setQueryData(signalsQuery(ticket.id).queryKey, saved)
  }
}

interface ValueProps {
  head: Judged
  signal: Signal | undefined
  correct: ((label: string) => void) | undefined
  open: () => void
}

function Value({ head, signal, correct, open }: ValueProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const name = t(`signals.heads.${head}`)
  const words = !signal
    ? t('signals.unread')
    : !signal.in_scope
      ? t('signals.oos')
      : signal.abstained || !signal.label
        ? t('signals.unsure')
        : wordOf(t, locale, head, { label: signal.label, title: signal.title })
  const value = (
    <button
      type="button"
      className={styles.value}
      data-mood={head === 'emotion' && !signal?.abstained ? signal?.label : undefined}
      disabled={!correct}
      aria-label={t('signals.correct', { head: name, value: words })}
      onClick={open}
    >
      <span>{words}</span>
      {signal && <small>{t(`signals.sureness.${sureness(signal)}`)}</small>}
      {correct && <ChevronDown size={13} aria-hidden="true" />}
    </button>
  )
  return (
    <>
      {signal ? (
        <Popover
          trigger={['hover', 'focus']}
          placement="leftTop"
          mouseEnterDelay={0.3}
          content={<Why signal={signal} />}
        >
          {value}
        </Popover>
      ) : (
        value
      )}
      {signal && correct && (signal.abstained || !signal.in_scope) && (
        <Suggestions head={head} signal={signal} choose={correct} />
      )}
    </>
  )
}

/** Not sure: the likeliest, one press away. */
function Suggestions({
  head,
  signal,
  choose,
}: {
  head: Judged
  signal: Signal
  choose: (label: string) => void
}) {
  const { t } = useTranslation()
  const locale = useLocale()
  const first = signal.label ? [{ label: signal.label, title: signal.title }] : []
  const offered = [...first, ...signal.others]
    .filter(({ label }) => label !== outOfScope)
    .slice(0, 3)
  return (
    <div className={styles.offers}>
      <CircleHelp size={13} aria-hidden="true" />
      <span className="sr-only">{t('signals.perhaps')}</span>
      {offered.map((one) => (
        <button key={one.label} type="button" onClick={() => choose(one.label)}>
          {wordOf(t, locale, head, { label: one.label, title: one.title ?? {} })}
        </button>
      ))}
    </div>
  )
}
