import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { ArrowDown, MessageSquareText } from 'lucide-react'
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type Id, type Message, messagesQuery } from '@/shared/api'
import { dayLabel, useNow } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import { inOrder } from '@/shared/realtime'
import { Empty, ErrorState, Skeleton, useZone } from '@/shared/ui'
import styles from './Conversation.module.css'
import { MessageCard } from './MessageCard'
import { linesOf } from './timeline'

interface Props {
  ticketId: Id
  /** Only what had been written by then. */
  until?: string
  restore: (message: Message) => void
}

export const Timeline = memo(function Timeline({ ticketId, until, restore }: Props) {
  const { t } = useTranslation()
  const zone = useZone()
  const query = useInfiniteQuery(messagesQuery(ticketId))
  const all = useMemo(() => inOrder(query.data), [query.data])
  const messages = useMemo(
    () => (until ? all.filter((message) => message.created_at <= until) : all),
    [all, until],
  )
  const lines = useMemo(() => linesOf(messages, zone), [messages, zone])
  const { scroller, below, toEnd } = useFollow(messages)

  return (
    <div className={styles.timelineBox}>
      <section
        ref={scroller}
        className={styles.timeline}
        aria-label={t('message.label')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by key
        tabIndex={0}
      >
        {query.isPending && <Skeleton lines={8} />}
        {query.error && !query.data && <ErrorState error={query.error} retry={query.refetch} />}
        {query.hasNextPage && (
          <Button
            size="small"
            className={styles.older}
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('message.older')}
          </Button>
        )}
        {query.data && lines.length === 0 && (
          <Empty
            icon={MessageSquareText}
            title={t('message.empty')}
            hint={t('message.emptyHint')}
          />
        )}
        {lines.map((line) =>
          line.kind === 'day' ? (
            <Day key={line.key} at={line.at} />
          ) : (
            <MessageCard
              key={line.key}
              message={line.message}
              joined={line.joined}
              restore={restore}
            />
          ),
        )}
      </section>
      {below > 0 && (
        <button type="button" className={styles.below} onClick={toEnd}>
          <ArrowDown size={14} aria-hidden="true" /> {t('message.newBelow', { count: below })}
        </button>
      )}
    </div>
  )
})

function Day({ at }: { at: string }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const zone = useZone()
  const words = { today: t('common.today'), yesterday: t('common.yesterday') }
  return (
    <h3 className={styles.day}>
      <span>{dayLabel(at, useNow(), locale, zone, words)}</span>
    </h3>
  )
}

const nearEnd = (box: HTMLElement) => box.scrollHeight - box.scrollTop - box.clientHeight < 80

/** Stays at the end while the reader is there; else counts what has come below. */
function useFollow(messages: Message[]) {
  const scroller = useRef<HTMLElement>(null)
  const follows = useRef(true)
  const oldHeight = useRef(0)
  const [below, setBelow] = useState(0)
  const newest = messages.at(-1)?.id
  const oldest = messages[0]?.id
  const seenOldest = useRef(oldest)

  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const onScroll = () => {
      follows.current = nearEnd(box)
      oldHeight.current = box.scrollHeight
      if (follows.current) setBelow(0)
    }
    box.addEventListener('scroll', onScroll, { passive: true })
    // Pictures and frames grow after they were drawn.
    const observer = new ResizeObserver(() => {
      if (follows.current) box.scrollTop = box.scrollHeight
    })
    for (const child of box.children) observer.observe(child)
    observer.observe(box)
    return () => {
      box.removeEventListener('scroll', onScroll)
      observer.disconnect()
    }
  }, [])

  useLayoutEffect(() => {
    const box = scroller.current
    if (!box || !newest) return
    if (seenOldest.current && seenOldest.current !== oldest) {
      box.scrollTop += box.scrollHeight - oldHeight.current
    } else if (follows.current) {
      box.scrollTop = box.scrollHeight
    } else {
      setBelow((count) => count + 1)
    }
    seenOldest.current = oldest
    oldHeight.current = box.scrollHeight
  }, [newest, oldest])

  return {
    scroller,
    below,
    toEnd() {
      const box = scroller.current
      if (box) box.scrollTop = box.scrollHeight
      setBelow(0)
    },
  }
}
