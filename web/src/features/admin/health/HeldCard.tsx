import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { decideHeld, type Held, type HeldDecision, heldKey, heldQuery } from '@/shared/api/system'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card, useAction } from '@/shared/page'
import { useCan } from '@/shared/session'
import { ConfirmBar, Time } from '@/shared/ui'
import styles from './health.module.css'

/** What does not go out since a restore, until somebody decides; nothing where there is nothing. */
export function HeldCard() {
  const mayDecide = useCan('workspace:manage')
  const { data: held } = useQuery({ ...heldQuery, enabled: mayDecide })
  if (!held || (held.total === 0 && held.state !== 'hold')) return null
  return <Shown held={held} />
}

function Shown({ held }: { held: Held }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const going = held.state === 'send' || held.state === 'discard' ? held.state : null
  const counted = held.waiting
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => t(`system.held.kinds.${kind}`, { count }))
  return (
    <Card title={t('system.held.title')} hint={t('system.held.hint')}>
      <p className={styles.held} role="status">
        {counted.length > 0
          ? new Intl.ListFormat(locale, { type: 'conjunction' }).format(counted)
          : t('system.held.none')}
        {held.restored_at && held.state === 'hold' && (
          <small className={styles.restoredAt}>
            {t('system.held.since')} <Time at={held.restored_at} style="full" />
          </small>
        )}
      </p>
      {going ? <p>{t(`system.held.going.${going}`)}</p> : <Decide held={held} />}
    </Card>
  )
}

function Decide({ held }: { held: Held }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [asked, setAsked] = useState<HeldDecision | null>(null)
  const decide = async (decision: HeldDecision) => {
    await run(() => decideHeld(decision), { keys: [heldKey] }, decision)
    setAsked(null)
  }
  // Where nothing waits there is nothing to be sure of.
  const ask = held.total > 0 ? setAsked : decide
  if (asked)
    return (
      <ConfirmBar
        title={t(`system.held.sure.${asked}`, { count: held.total })}
        hint={t(`system.held.sureHint.${asked}`)}
      >
        <Button size="small" onClick={() => setAsked(null)}>
          {t('common.cancel')}
        </Button>
        <Button size="small" danger loading={busy !== null} onClick={() => void decide(asked)}>
          {t(`system.held.${asked}`)}
        </Button>
      </ConfirmBar>
    )
  return (
    <div className={styles.decide}>
      <Button onClick={() => void ask('discard')}>{t('system.held.discard')}</Button>
      <Button onClick={() => void ask('send')}>{t('system.held.send')}</Button>
    </div>
  )
}
