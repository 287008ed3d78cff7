import { Button } from 'antd'
import { useTranslation } from '@/shared/i18n'
import type { NewerMessage } from '@/shared/offline'
import { ConfirmBar, Time } from '@/shared/ui'
import styles from './Reply.module.css'

interface Props {
  newer: NewerMessage[]
  send: () => void
  back: () => void
}

/** The server refused an answer that was written before the customer's last words. They are shown here. */
export function StaleBar({ newer, send, back }: Props) {
  const { t } = useTranslation()
  return (
    <div className={styles.stale}>
      <ConfirmBar
        title={t('reply.stale', { count: newer.length })}
        hint={
          <>
            {t('reply.staleHint')}
            {newer.slice(-3).map((message) => (
              <q key={message.id}>
                {message.text.slice(0, 240) || t('message.noText')}{' '}
                {message.at && <Time at={message.at} style="clock" />}
              </q>
            ))}
          </>
        }
      >
        <Button size="small" onClick={back}>
          {t('reply.staleBack')}
        </Button>
        <Button size="small" type="primary" onClick={send}>
          {t('reply.staleSend')}
        </Button>
      </ConfirmBar>
    </div>
  )
}
