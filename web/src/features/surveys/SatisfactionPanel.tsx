import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { Link2 } from 'lucide-react'
import type { Ticket } from '@/shared/api'
import { satisfactionQuery, surveyLink } from '@/shared/api/surveys'
import { fullTime } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { Time, useZone } from '@/shared/ui'
import { Inferred, useInferred } from './Inferred'
import { Score } from './Score'
import styles from './surveys.module.css'

/** Whether the customer was asked, and what they said. */
export default function SatisfactionPanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const zone = useZone()
  const { data } = useQuery(satisfactionQuery(ticket.id))
  const inferred = useInferred(ticket.id)
  const unsaid = data?.state === 'answered' ? null : inferred
  if (!data || (data.state === 'none' && !data.may_link && !unsaid)) return null
  return (
    <section className={styles.panel} aria-label={t('work.satisfaction')}>
      <h3>{t('work.satisfaction')}</h3>
      {data.state === 'planned' && data.planned_at && (
        <p>{t('work.planned', { time: fullTime(data.planned_at, locale, zone) })}</p>
      )}
      {data.state === 'asked' && data.sent_at && (
        <p>
          {t('work.asked')} <Time at={data.sent_at} />
        </p>
      )}
      {data.state === 'over' && <p>{t('work.over')}</p>}
      {data.state === 'answered' && data.kind && data.rating && typeof data.score === 'number' && (
        <>
          <p className={styles.answer}>
            <Score kind={data.kind} score={data.score} rating={data.rating} />
            {data.changed_at && <Time at={data.changed_at} />}
          </p>
          {data.comment && <blockquote>{data.comment}</blockquote>}
        </>
      )}
      {unsaid && <Inferred found={unsaid} />}
      {data.may_link && <CopyLink ticket={ticket} />}
    </section>
  )
}

function CopyLink({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { run, busy } = useAction()
  async function copy() {
    const made = await run(() => surveyLink(ticket.id), {
      keys: [satisfactionQuery(ticket.id).queryKey],
    })
    if (!made) return
    await navigator.clipboard.writeText(made.url).then(
      () => message.success(t('work.linkCopied')),
      () => message.info(made.url, 15),
    )
  }
  return (
    <Button
      size="small"
      icon={<Link2 size={13} />}
      loading={busy !== null}
      onClick={() => void copy()}
    >
      {t('work.link')}
    </Button>
  )
}
