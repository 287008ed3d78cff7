import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { ListTodo, ScrollText } from 'lucide-react'
import { putTextIntoReply } from '@/features/reply'
import type { Ticket } from '@/shared/api'
import { askCopilot } from '@/shared/api/copilot'
import { useTranslation } from '@/shared/i18n'
import { ErrorState } from '@/shared/ui'
import { Answered } from './Answered'
import styles from './copilot.module.css'
import { Offers } from './Offers'

/** A summary or the next step, when somebody wants it. */
export default function CopilotSide({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const ask = useMutation({
    mutationFn: (task: 'summary' | 'next') => askCopilot(ticket.id, { task }),
  })
  const insert = (text: string) => putTextIntoReply(ticket.id, text)
  return (
    <section className={styles.side} aria-label={t('copilot.title')} aria-busy={ask.isPending}>
      <Offers ticket={ticket} />
      <div className={styles.ask}>
        <Button
          size="small"
          icon={<ScrollText size={13} aria-hidden="true" />}
          loading={ask.isPending && ask.variables === 'summary'}
          onClick={() => ask.mutate('summary')}
        >
          {t('copilot.summarise')}
        </Button>
        <Button
          size="small"
          icon={<ListTodo size={13} aria-hidden="true" />}
          loading={ask.isPending && ask.variables === 'next'}
          onClick={() => ask.mutate('next')}
        >
          {t('copilot.whatNext')}
        </Button>
      </div>
      <div aria-live="polite">
        {ask.error ? (
          <ErrorState error={ask.error} retry={() => ask.mutate(ask.variables ?? 'summary')} />
        ) : (
          ask.data && (
            <Answered
              answer={ask.data}
              insert={ticket.abilities.includes('ticket:reply') ? insert : undefined}
            />
          )
        )}
      </div>
    </section>
  )
}
