import { ChevronDown } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { create } from 'zustand'
import { WaitingStrip } from '@/features/offline'
import { restoreMessage, useWish } from '@/features/reply'
import type { Id } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { useOutbox } from '@/shared/offline'
import { IconButton, usePhone } from '@/shared/ui'
import styles from './Conversation.module.css'
import type { ThumbBarProps } from './ThumbBar'

const ThumbBar = lazy(() => import('./ThumbBar'))

/** The ticket whose editor is unfolded on a phone. */
const useUnfolded = create<{ ticket: Id | null }>(() => ({ ticket: null }))
const unfold = (ticket: Id | null) => useUnfolded.setState({ ticket })
/** The words have gone: the conversation has the screen again. */
export const foldEditor = () => unfold(null)

/**
 * The lower end of a ticket: what waits on this device, and the editor. On a phone the words have the
 * screen, and the editor comes when somebody writes.
 */
export function Writing({
  children,
  ...rest
}: Omit<ThumbBarProps, 'write'> & { children: ReactNode }) {
  const { t } = useTranslation()
  const { id } = rest.ticket
  const phone = usePhone()
  const unfolded = useUnfolded(({ ticket }) => ticket === id)
  const wished = useWish(id)
  useEffect(() => {
    if (wished) unfold(id)
  }, [wished, id])
  const bar = (
    <Suspense fallback={<div className={styles.thumbPlace} data-thumb-bar />}>
      <ThumbBar {...rest} write={() => unfold(id)} />
    </Suspense>
  )
  return (
    <>
      <Waits ticket={id} />
      {phone && !unfolded && bar}
      {phone && unfolded && (
        <div className={styles.writing} data-thumb-bar>
          <IconButton icon={ChevronDown} label={t('reply.fold')} onClick={foldEditor} />
        </div>
      )}
      {(!phone || unfolded) && children}
    </>
  )
}

function Waits({ ticket }: { ticket: Id }) {
  const some = useOutbox(({ items }) => items.some((item) => item.ticket.id === ticket))
  if (!some) return null
  return (
    <Suspense fallback={null}>
      <WaitingStrip ticket={ticket} restore={restoreMessage} />
    </Suspense>
  )
}
