import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useOffline } from '@/features/offline'
import { meQuery, whenSignedOut } from '@/shared/api'
import { useBulk } from '@/shared/bulk'
import { useHotkeys } from '@/shared/hotkeys'
import { needWords, useTranslation } from '@/shared/i18n'
import { leave } from '@/shared/offline'
import { useOverlay } from '@/shared/overlay'
import { useStream } from '@/shared/realtime'
import { useCan, useExpired } from '@/shared/session'
import { unsaved } from '@/shared/version'
import { BottomBar } from './BottomBar'
import { ConnectionBanner } from './ConnectionBanner'
import { NewVersion } from './NewVersion'
import { Rail } from './Rail'
import styles from './Shell.module.css'
import { useFocusBack } from './useFocusBack'
import { useVisibleHeight } from './useVisibleHeight'

const Messages = lazy(() => import('./Messages'))
const Palette = lazy(() => import('@/features/palette').then((m) => ({ default: m.Palette })))
const BulkProgress = lazy(() =>
  import('@/features/bulk').then((m) => ({ default: m.BulkProgress })),
)
const SignInAgain = lazy(() =>
  import('@/features/signin').then((m) => ({ default: m.SignInAgain })),
)
const Shortcuts = lazy(() => import('./Shortcuts'))
const NewTicket = lazy(() => import('@/features/newticket').then((m) => ({ default: m.NewTicket })))

const tour = async () => {
  const [module] = await Promise.all([import('@/features/tour'), needWords('kit', 'setup')])
  return module
}
const Tour = lazy(() => tour().then((m) => ({ default: m.Tour })))
const Practice = lazy(() => tour().then((m) => ({ default: m.Practice })))

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  useStream()
  useOffline()
  useVisibleHeight()
  useFocusBack()
  useSignedOut()
  useGlobalKeys()
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t('nav.skip')}
      </a>
      <Rail />
      <div className={styles.column}>
        <ConnectionBanner />
        <NewVersion />
        <main id="content" className={styles.content} tabIndex={-1}>
          <Suspense fallback={null}>
            <Messages>
              {children}
              <Overlays />
            </Messages>
          </Suspense>
        </main>
      </div>
      <BottomBar />
    </div>
  )
}

function Overlays() {
  const { open, show } = useOverlay()
  const close = () => show(null)
  const bulk = useBulk((state) => state.id)
  const expired = useExpired((session) => session.expired)
  return (
    <Suspense fallback={null}>
      {expired && <SignInAgain />}
      {bulk && <BulkProgress />}
      {open === 'palette' && <Palette close={close} />}
      {open === 'shortcuts' && <Shortcuts close={close} />}
      {open === 'new-ticket' && <NewTicket close={close} />}
      {open === 'tour' && <Tour close={close} />}
      {open === 'practice' && <Practice close={close} />}
    </Suspense>
  )
}

function useSignedOut() {
  const navigate = useNavigate()
  const client = useQueryClient()
  useEffect(() => {
    useExpired.getState().set(false)
    whenSignedOut(() => {
      if (window.location.pathname === '/sign-in') return
      void leave()
      if (unsaved()) return useExpired.getState().set(true)
      client.removeQueries({ queryKey: meQuery.queryKey })
      const next = window.location.pathname + window.location.search
      void navigate({ to: '/sign-in', search: { next } })
    })
  }, [client, navigate])
}

function useGlobalKeys() {
  const navigate = useNavigate()
  const show = useOverlay((state) => state.show)
  const mayCreate = useCan('ticket:create')
  useHotkeys(
    {
      '$mod+k': (event) => {
        event.preventDefault()
        show('palette')
      },
    },
    { always: true },
  )
  useHotkeys({
    'Shift+?': () => show('shortcuts'),
    'g i': () => void navigate({ to: '/inbox' }),
    'g s': () => void navigate({ to: '/search' }),
    'g c': () => void navigate({ to: '/customers' }),
    'g k': () => void navigate({ to: '/knowledge' }),
    'g r': () => void navigate({ to: '/reports' }),
    'g a': () => void navigate({ to: '/admin' }),
    c: (event) => {
      if (!mayCreate) return
      event.preventDefault()
      show('new-ticket')
    },
  })
}
