import { X } from 'lucide-react'
import { lazy, memo, Suspense, useState } from 'react'
import { ArticlesPanel } from '@/features/articles'
import { AssignmentSide } from '@/features/assignment'
import { PanelSide } from '@/features/panel'
import { RelationsSide } from '@/features/relations'
import { SatisfactionPanel } from '@/features/surveys'
import { WorkPanel } from '@/features/tasks'
import type { Ticket } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { IconButton, Skeleton } from '@/shared/ui'
import { CustomerPanel } from './CustomerPanel'
import { CustomFields } from './CustomFields'
import type { OpenMenu } from './openMenu'
import { Properties } from './PropertiesPanel'
import styles from './ticket.module.css'
import type { TicketActions } from './useTicketActions'

interface Props {
  ticket: Ticket
  actions: TicketActions
  menu: OpenMenu
  tab: 'details' | 'history'
  asOf?: string
  setTab: (tab: 'details' | 'history') => void
  setAsOf: (asOf: string | undefined) => void
  close: () => void
}

const HistoryPanel = lazy(() => import('./HistoryPanel').then((m) => ({ default: m.HistoryPanel })))
const PromisesPanel = lazy(() => import('./PromisesPanel'))

const tabs = ['details', 'history', 'articles'] as const

export const TicketPanel = memo(function TicketPanel(props: Props) {
  const { ticket, actions, menu, asOf, setTab, setAsOf, close } = props
  const { t } = useTranslation()
  const mayRead = useCan('knowledge:read') && !asOf
  const [articles, setArticles] = useState(false)
  const tab = articles && mayRead ? 'articles' : props.tab
  return (
    <aside className={styles.panel} aria-label={t('ticket.details')}>
      <div className={styles.tabs}>
        <div role="tablist" aria-label={t('ticket.details')}>
          {tabs.slice(0, mayRead ? 3 : 2).map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`panel-tab-${name}`}
              aria-selected={tab === name}
              aria-controls="panel-body"
              className={styles.tab}
              onClick={() => {
                setArticles(name === 'articles')
                if (name !== 'articles') setTab(name)
              }}
            >
              {t(`ticket.${name}`)}
            </button>
          ))}
        </div>
        <span className={styles.close}>
          <IconButton icon={X} label={t('ticket.closePanel')} keys="]" onClick={close} />
        </span>
      </div>
      <div
        className={styles.body}
        id="panel-body"
        role="tabpanel"
        aria-labelledby={`panel-tab-${tab}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by key
        tabIndex={0}
      >
        {tab === 'articles' ? (
          <Suspense fallback={<Skeleton lines={4} />}>
            <ArticlesPanel ticket={ticket} />
          </Suspense>
        ) : tab === 'history' ? (
          <Suspense fallback={<Skeleton lines={4} />}>
            <HistoryPanel ticketId={ticket.id} asOf={asOf} show={setAsOf} />
          </Suspense>
        ) : (
          <>
            <Properties ticket={ticket} actions={actions} readOnly={Boolean(asOf)} menu={menu} />
            {!asOf && (
              <Suspense fallback={null}>
                <AssignmentSide key={ticket.id} ticket={ticket} />
              </Suspense>
            )}
            {ticket.promise && !asOf && (
              <Suspense fallback={null}>
                <PromisesPanel ticket={ticket} />
              </Suspense>
            )}
            <CustomFields ticket={ticket} asOf={asOf} />
            {!asOf && <RelationsSide ticket={ticket} />}
            {!asOf && (
              <Suspense fallback={null}>
                <WorkPanel key={ticket.id} ticket={ticket} />
                <SatisfactionPanel ticket={ticket} />
              </Suspense>
            )}
            <CustomerPanel contactId={ticket.requester.id} ticketId={ticket.id} />
            {!asOf && (
              <Suspense fallback={null}>
                <PanelSide ticket={ticket} />
              </Suspense>
            )}
          </>
        )}
      </div>
    </aside>
  )
})
