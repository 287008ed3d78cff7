import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import {
  Ban,
  Check,
  CheckCheck,
  CircleAlert,
  CircleHelp,
  CirclePause,
  Clock,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react'
import { useEffect, useState } from 'react'
import { cancelMessage, type DeliveryState, type Message, retryMessage } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { type Pages, upsertMessage } from '@/shared/realtime'
import { ConfirmBar, errorText, useChannelWords } from '@/shared/ui'
import styles from './Message.module.css'

const looks = {
  queued: { icon: Clock, tone: 'faint' },
  sending: { icon: LoaderCircle, tone: 'faint' },
  held: { icon: CirclePause, tone: 'warn' },
  sent: { icon: Check, tone: 'faint' },
  delivered: { icon: CheckCheck, tone: 'faint' },
  read: { icon: CheckCheck, tone: 'brand' },
  failed: { icon: CircleAlert, tone: 'danger' },
  unknown: { icon: CircleHelp, tone: 'warn' },
  cancelled: { icon: Ban, tone: 'faint' },
} satisfies Record<DeliveryState, { icon: LucideIcon; tone: string }>

interface Props {
  message: Message
  /** Puts the words of a message that was taken back into the editor again. */
  restore: (message: Message) => void
}

/** Seconds left in which sending can be undone. */
function useSecondsLeft(until: string | null | undefined) {
  const left = () => (until ? Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000)) : 0)
  const [seconds, setSeconds] = useState(left)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` only reads `until`
  useEffect(() => {
    setSeconds(left())
    if (left() === 0) return
    const timer = setInterval(() => setSeconds(left()), 250)
    return () => clearInterval(timer)
  }, [until])
  return seconds
}

export function Delivery({ message, restore }: Props) {
  const { t } = useTranslation()
  const { delivery } = message
  const pending = delivery?.state === 'queued' || delivery?.state === 'sending'
  const seconds = useSecondsLeft(pending ? delivery?.undo_until : null)
  const { undo, retry } = useDelivery(message, restore)
  const inWords = useFailure(message)
  const [asking, setAsking] = useState(false)
  if (!delivery) return null
  const { icon: Icon, tone } = looks[delivery.state]
  const isDoubtful = delivery.state === 'unknown' || delivery.state === 'held'
  const stuck = delivery.state === 'failed' || isDoubtful

  return (
    <div className={styles.delivery} data-tone={tone}>
      <span role="status">
        <Icon size={13} aria-hidden="true" />
        {t(`delivery.${delivery.state}`)}
        {delivery.error && delivery.state !== 'held' && (
          <span> · {t('delivery.reason', { reason: inWords(delivery.error) })}</span>
        )}
      </span>
      {seconds > 0 && delivery.state === 'queued' && (
        <Button size="small" type="link" onClick={undo}>
          {t('delivery.undo', { seconds })}
        </Button>
      )}
      {isDoubtful && (
        <small>{t(delivery.state === 'held' ? 'delivery.heldHint' : 'delivery.unknownHint')}</small>
      )}
      {stuck && !asking && (
        <Button size="small" onClick={() => (isDoubtful ? setAsking(true) : retry(false))}>
          {t('delivery.retry')}
        </Button>
      )}
      {asking && (
        <ConfirmBar title={t('delivery.confirmTitle')} hint={t('delivery.confirmHint')}>
          <Button size="small" onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
          <Button size="small" danger onClick={() => retry(true)}>
            {t('delivery.confirmSend')}
          </Button>
        </ConfirmBar>
      )}
    </div>
  )
}

/** Why it did not go: the channel's words for its code, ours for one of ours, else as it was said. */
function useFailure({ channel }: Message) {
  const { t } = useTranslation()
  const wordOf = useChannelWords('failures')
  return (code: string) =>
    wordOf(channel, code) ??
    t(`delivery.reasons.${code}` as 'delivery.reasons.time_out', { defaultValue: code })
}

function useDelivery(message: Message, restore: Props['restore']) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { message: toast } = App.useApp()
  const put = (next: Message) =>
    client.setQueryData<Pages<Message>>(['messages', message.ticket_id], (data) =>
      data ? upsertMessage(data, next) : data,
    )
  return {
    async undo() {
      try {
        put(await cancelMessage(message.id))
        restore(message)
        toast.success(t('delivery.undone'))
      } catch (error) {
        toast.error(errorText(t, error))
      }
    },
    async retry(confirmDuplicate: boolean) {
      try {
        put(await retryMessage(message.id, confirmDuplicate))
      } catch (error) {
        toast.error(errorText(t, error))
      }
    },
  }
}
