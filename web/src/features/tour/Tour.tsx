import { useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { type Me, meQuery, updateMe } from '@/shared/api'
import { startPractice } from '@/shared/api/practice'
import { composing, keyLabel } from '@/shared/hotkeys'
import { useLocale, useTranslation } from '@/shared/i18n'
import { useOverlay } from '@/shared/overlay'
import { useAction } from '@/shared/page'
import { useCan, useMe } from '@/shared/session'
import { IconButton, usePhone } from '@/shared/ui'
import { type Box, beside, type Kept, resume, type Step, steps } from './tour'
import styles from './tour.module.css'
import { useTarget } from './useTarget'

/** A short walk along the desk's real controls, which can be used meanwhile. */
export function Tour({ close }: { close: () => void }) {
  const me = useMe()
  const show = useOverlay((state) => state.show)
  const remember = useRemember()
  const [at, setAt] = useState(() => resume(me.agent.preferences))
  const step = steps[at] ?? steps[0]
  const target = useTarget(step.target)
  useInbox()

  function go(to: number) {
    if (to < 0) return
    if (to < steps.length) {
      setAt(to)
      return remember({ step: to, done: false })
    }
    remember({ step: 0, done: true })
    show('practice')
  }

  return createPortal(
    <>
      {target && <div className={styles.spot} style={around(target)} aria-hidden="true" />}
      <Card
        key={step.id}
        step={step}
        at={at}
        target={target}
        go={go}
        close={close}
        skip={() => {
          remember({ step: 0, done: true })
          close()
        }}
      />
    </>,
    document.body,
  )
}

interface CardProps {
  step: Step
  at: number
  target: Box | null
  go: (to: number) => void
  close: () => void
  skip: () => void
}

function Card({ step, at, target, go, close, skip }: CardProps) {
  const { t } = useTranslation()
  const card = useRef<HTMLElement>(null)
  const place = usePlace(card, target)
  const title = useId()
  const text = useId()
  const last = at === steps.length - 1
  const { search } = useLocation()
  const missing = step.ticket && !('ticket' in search && search.ticket)
  const phone = usePhone()
  useEffect(() => card.current?.focus({ preventScroll: true }), [])

  function onKey(event: KeyboardEvent) {
    if (composing(event)) return
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowRight') go(at + 1)
    else if (event.key === 'ArrowLeft') go(at - 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <section
      ref={card}
      role="dialog"
      aria-labelledby={title}
      aria-describedby={text}
      tabIndex={-1}
      className={styles.card}
      data-docked={place === null}
      style={place ? { top: place.top, left: place.left } : undefined}
      onKeyDown={onKey}
    >
      <header>
        <small className={styles.progress}>
          {t('tour.progress', { at: at + 1, total: steps.length })}
        </small>
        <IconButton icon={X} size="small" label={t('tour.later')} onClick={close} />
      </header>
      <h2 id={title}>{t(`tour.${step.id}.title`)}</h2>
      <p id={text}>{words(step, t, phone)}</p>
      {missing && <NeedsTicket />}
      <footer>
        <Button type="text" size="small" onClick={skip}>
          {t('tour.skip')}
        </Button>
        <span className={styles.gap} />
        {at > 0 && (
          <Button size="small" onClick={() => go(at - 1)}>
            {t('tour.back')}
          </Button>
        )}
        <Button size="small" type="primary" onClick={() => go(at + 1)}>
          {t(last ? 'tour.practise' : 'tour.next')}
        </Button>
      </footer>
    </section>
  )
}

/** A phone has no keys to speak of. */
const words = (step: Step, t: TFunction, phone: boolean) =>
  phone
    ? t(`tour.${step.id}.touch`)
    : t(`tour.${step.id}.text`, { palette: keyLabel('$mod+k'), send: keyLabel('$mod+Enter') })

/** What is shown lies beside a ticket, and none is open: an exercise will do. */
function NeedsTicket() {
  const { t } = useTranslation()
  const locale = useLocale()
  const navigate = useNavigate()
  const mayReply = useCan('ticket:reply')
  const { run, busy } = useAction()
  async function open() {
    const ticket = await run(() => startPractice('refund', locale))
    if (ticket) await navigate({ to: '/inbox', search: { view: 'mine', ticket } })
  }
  return (
    <div className={styles.needs}>
      <p>{t('tour.needsTicket')}</p>
      {mayReply && (
        <Button size="small" loading={busy !== null} onClick={() => void open()}>
          {t('tour.openPractice')}
        </Button>
      )}
    </div>
  )
}

/** The tour is about the inbox: whoever begins it elsewhere is led there. */
function useInbox() {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    if (!pathname.startsWith('/inbox')) void navigate({ to: '/inbox' })
  }, [navigate, pathname])
}

/** Kept with the person; whether the server hears of it is not worth a word. */
function useRemember() {
  const client = useQueryClient()
  return (tour: Kept) => {
    client.setQueryData<Me>(meQuery.queryKey, (me) =>
      me ? { ...me, agent: { ...me.agent, preferences: { ...me.agent.preferences, tour } } } : me,
    )
    void updateMe({ preferences: { tour } }).catch(() => undefined)
  }
}

/** Beside the control; at the lower edge of a phone, and where there is no room. */
function usePlace(card: React.RefObject<HTMLElement | null>, target: Box | null): Box | null {
  const phone = usePhone()
  const [place, setPlace] = useState<Box | null>(null)
  useLayoutEffect(() => {
    const size = card.current?.getBoundingClientRect()
    const screen = { top: 0, left: 0, width: window.innerWidth, height: window.innerHeight }
    setPlace(phone || !size ? null : beside(target, size, screen))
  }, [card, phone, target])
  return place
}

const around = ({ top, left, width, height }: Box) => ({
  top: top - 4,
  left: left - 4,
  width: width + 8,
  height: height + 8,
})
