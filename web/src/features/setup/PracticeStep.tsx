import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { ArrowRight, Sparkles } from 'lucide-react'
import { useMemo, useState } from 'react'
import { createTicket, type TicketRow } from '@/shared/api'
import { brandsQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { applyTicket } from '@/shared/realtime'
import { useMe } from '@/shared/session'
import { Next, StepFrame } from './parts'
import styles from './setup.module.css'

/** A letter from oneself, so that the first answer can be tried without a customer. */
export function PracticeStep({ next }: { next: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { agent } = useMe()
  const { data: brands = [] } = useQuery(brandsQuery)
  const key = useMemo(() => crypto.randomUUID(), [])
  const [ticket, setTicket] = useState<TicketRow | null>(null)
  const { run, busy } = useAction()

  async function create() {
    const made = await run(() =>
      createTicket(
        {
          subject: t('setup.practice.subject'),
          body: t('setup.practice.body', { brand: brands[0]?.name ?? '' }),
          requester: { email: agent.email, name: agent.name },
          tags: [t('setup.practice.tag')],
        },
        key,
      ),
    )
    if (!made) return
    applyTicket(client, made)
    setTicket(made)
  }

  return (
    <StepFrame id="practice" foot={<Next skip={!ticket} onClick={next} />}>
      <blockquote className={styles.letter}>
        <strong>{t('setup.practice.subject')}</strong>
        <p>{t('setup.practice.body', { brand: brands[0]?.name ?? '' })}</p>
      </blockquote>
      {ticket ? (
        <p role="status">
          {t('setup.practice.created', { number: ticket.number })}{' '}
          <Link to="/inbox" search={{ view: 'all', ticket: ticket.id }}>
            {t('setup.practice.open')} <ArrowRight size={13} aria-hidden="true" />
          </Link>
        </p>
      ) : (
        <Button
          type="primary"
          size="large"
          icon={<Sparkles size={16} />}
          loading={busy !== null}
          onClick={() => void create()}
        >
          {t('setup.practice.create')}
        </Button>
      )}
    </StepFrame>
  )
}
