import type { Inbox } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { useChannelWords } from '@/shared/ui'
import parts from '../parts/parts.module.css'
import styles from './Channels.module.css'
import { healthOf } from './health'

const tones = { off: 'neutral', failing: 'danger', quiet: 'warn', fine: 'ok' } as const

export function Health({ inbox, withError = false }: { inbox: Inbox; withError?: boolean }) {
  const { t } = useTranslation()
  const wordOf = useChannelWords('failures')
  const health = healthOf(inbox)
  const error = inbox.state.last_error
  return (
    <span>
      <span className={parts.health} data-tone={tones[health]}>
        <i aria-hidden="true" />
        {t(`channel.health.${health}`)}
      </span>
      {withError && health === 'failing' && error && (
        <span className={styles.error}>{wordOf(inbox.channel, error) ?? error}</span>
      )}
    </span>
  )
}
