import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { History } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ReplyBox, restoreMessage } from '@/features/reply'
import { TicketPanel, useOpenMenu, useTicketActions } from '@/features/ticket'
import { type Id, messagesQuery, ticketQuery } from '@/shared/api'
import { fullTime } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import { inOrder } from '@/shared/realtime'
import { usePreferences } from '@/shared/theme'
import { ErrorState, Skeleton, useStable, useZone } from '@/shared/ui'
import styles from './Conversation.module.css'
import { Header } from './Header'
import { Timeline } from './Timeline'
import { customerSince, lastKnown } from './timeline'
import { useFinish } from './useFinish'
import { useMarkRead } from './useMarkRead'
import { usePresence } from './usePresence'
import { useTicketKeys } from './useTicketKeys'
import { foldEditor, Writing } from './Writing'

interface Props {
  id: Id
  asOf?: string
  history: boolean
  setHistory: (open: boolean) => void
  setAsOf: (asOf: string | undefined) => void
  back: () => void
  /** The ticket is done with: the reader wants the next one. */
  next: () => void
}

export function Conversation(props: Props) {
  const { id, asOf, history, setHistory, setAsOf, back, next } = props
  const live = useQuery(ticketQuery(id))
  const past = useQuery({ ...ticketQuery(id, asOf), enabled: Boolean(asOf) })
  const ticket = asOf ? past.data : live.data
  const error = asOf ? past.error : live.error
  const messages = useInfiniteQuery(messagesQuery(id))
  const ordered = useMemo(() => inOrder(messages.data), [messages.data])
  const { panelOpen, set } = usePreferences()
  const [sheet, setSheet] = useState(() => history && narrow())
  const menu = useOpenMenu()
  const actions = useTicketActions(id)
  const finish = useFinish(actions, next)
  const newest = lastKnown(ordered)
  // The words come first; the editor and the side panel are drawn a moment later.
  const settled = useRested(id) === id
  const viewers = usePresence(id, { rests: settled })
  useMarkRead(live.data, newest)

  const togglePanel = useCallback(() => {
    if (narrow()) setSheet((open) => !open)
    else set({ panelOpen: !usePreferences.getState().panelOpen })
  }, [set])
  useTicketKeys({
    ticket: asOf ? undefined : live.data,
    actions,
    menu,
    finish,
    togglePanel,
    back,
    showPanel: () => (narrow() ? setSheet(true) : set({ panelOpen: true })),
  })

  // The parts below are drawn again for what concerns them only: a look of a colleague is not the editor's.
  const leave = useStable(back)
  const since = useStable((seen: Id | null) => customerSince(ordered, seen))
  const showTab = useStable((tab: 'details' | 'history') => setHistory(tab === 'history'))
  const showPast = useStable(setAsOf)
  const closePanel = useStable(() => (sheet ? setSheet(false) : set({ panelOpen: false })))
  const sent = useStable((status?: string) => {
    foldEditor()
    if (status === 'resolved' || status === 'closed') next()
  })

  if (error && !ticket)
    return <ErrorState error={error} retry={() => void (asOf ? past : live).refetch()} />
  if (!ticket) return <Skeleton lines={8} />
  return (
    <div className={styles.conversation} data-panel={panelOpen} data-sheet={sheet}>
      <div className={styles.column} data-tour="conversation">
        <Header
          ticket={ticket}
          actions={actions}
          menu={menu}
          viewers={viewers}
          readOnly={Boolean(asOf)}
          panelOpen={panelOpen || sheet}
          togglePanel={togglePanel}
          back={leave}
          finish={finish}
        />
        {asOf && <PastBar asOf={asOf} leave={() => setAsOf(undefined)} />}
        <Timeline key={id} ticketId={id} until={asOf} restore={restoreMessage} />
        {!asOf && (
          <Writing
            ticket={ticket}
            actions={actions}
            finish={finish}
            back={back}
            openPanel={togglePanel}
          >
            <Held on={settled} place={<div className={styles.replyPlace} />}>
              <ReplyBox
                key={`reply-${id}`}
                ticket={ticket}
                newest={newest}
                customerSince={since}
                toEnd={toEnd}
                onSent={sent}
              />
            </Held>
          </Writing>
        )}
      </div>
      {(panelOpen || sheet) && (
        <div className={styles.side} data-tour="customer">
          <Held on={settled}>
            <TicketPanel
              key={id}
              ticket={ticket}
              actions={actions}
              menu={menu}
              tab={history ? 'history' : 'details'}
              asOf={asOf}
              setTab={showTab}
              setAsOf={showPast}
              close={closePanel}
            />
          </Held>
        </div>
      )}
    </div>
  )
}

/**
 * What belongs to the ticket before stays out of sight until the next one rests: to take it down is
 * work, too, and would come before the words that somebody waits for.
 */
function Held({ on, place, children }: { on: boolean; place?: ReactNode; children: ReactNode }) {
  const last = useRef<ReactNode>(null)
  if (on) last.current = children
  return (
    <>
      {!on && place}
      <div className={styles.held} hidden={!on}>
        {last.current}
      </div>
    </>
  )
}

function toEnd() {
  const box = document.querySelector(`.${styles.timeline}`)
  if (box) box.scrollTop = box.scrollHeight
}

/** Here the side panel lies over the conversation, and opens only when it is asked for. */
const narrow = () => window.innerWidth < 1100

const restsAfter = 120

/** Follows a value once it stays: who leafs through tickets is not held up by what they do not use. */
function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restsAfter)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}

function PastBar({ asOf, leave }: { asOf: string; leave: () => void }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const zone = useZone()
  return (
    <div className={styles.past} role="status">
      <History size={14} aria-hidden="true" />
      {t('history.viewing', { time: fullTime(asOf, locale, zone) })}
      <Button size="small" onClick={leave}>
        {t('history.leave')}
      </Button>
    </div>
  )
}
