import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { CircleCheck, CircleX, PlugZap } from 'lucide-react'
import { checkInbox, type Inbox } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'
import { ErrorState, Time, useChannelWords } from '@/shared/ui'
import styles from './Channels.module.css'
import { Health } from './Health'

/** How the inbox is doing, and a button that tries it now. */
export function ConnectionCheck({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation()
  const wordOf = useChannelWords('failures')
  const check = useMutation({ mutationFn: () => checkInbox(inbox.id) })
  const { last_in_at, last_out_at } = inbox.state
  return (
    <Card title={t('channel.state')}>
      <div className={styles.stack}>
        <Health inbox={inbox} withError />
        <dl className={styles.facts}>
          <dt>{t('channel.lastIn')}</dt>
          <dd>{last_in_at ? <Time at={last_in_at} /> : t('kit.never')}</dd>
          <dt>{t('channel.lastOut')}</dt>
          <dd>{last_out_at ? <Time at={last_out_at} /> : t('kit.never')}</dd>
        </dl>
        <Button
          icon={<PlugZap size={15} />}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          {check.isPending ? t('channel.checking') : t('channel.check')}
        </Button>
        <div aria-live="polite">
          {check.error && <ErrorState error={check.error} />}
          {check.data && (
            <>
              <p>
                <strong>{check.data.ok ? t('channel.checkOk') : t('channel.checkFailed')}</strong>
              </p>
              <ul className={styles.checks}>
                {check.data.checks.map((line) => (
                  <li key={line.code} data-ok={line.ok}>
                    {line.ok ? (
                      <CircleCheck size={16} aria-label={t('channel.passed')} />
                    ) : (
                      <CircleX size={16} aria-label={t('channel.failed')} />
                    )}
                    {t(`channel.checks.${line.code}` as 'channel.checks.settings', {
                      defaultValue: line.code,
                    })}
                    {line.detail && (
                      <small>{wordOf(inbox.channel, line.detail) ?? line.detail}</small>
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </div>
    </Card>
  )
}
