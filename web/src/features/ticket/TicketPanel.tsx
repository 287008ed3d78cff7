import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { lazy, memo, type ReactNode, Suspense, useState } from 'react'
import { ArticlesPanel } from '@/features/articles'
import { AssignmentSide, ScoreSide } from '@/features/assignment'
import { CopilotSide } from '@/features/copilot'
import { PanelSide } from '@/features/panel'
import { RelationsSide } from '@/features/relations'
import { SatisfactionPanel } from '@/features/surveys'
import { WorkPanel } from '@/features/tasks'
import { UnderstandingSide } from '@/features/understanding'
import type { Ticket } from '@/shared/api'
import { fitting, shownLayoutsQuery } from '@/shared/api/layouts'
import { needWords, useTranslation } from '@/shared/i18n'
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
const LaidOut = lazy(async () => {
  const [module] = await Promise.all([import('./LaidOut'), needWords('layouts')])
  return module
})

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
            {!asOf && (
              <Suspense fallback={null}>
                <CopilotSide key={ticket.id} ticket={ticket} />
              </Suspense>
            )}
            <Details ticket={ticket} actions={actions} menu={menu} asOf={asOf} />
          </>
        )}
      </div>
    </aside>
  )
})

type DetailsProps = Pick<Props, 'ticket' | 'actions' | 'menu' | 'asOf'>

/** All there is of a ticket, in our order or in that of the layout that fits it. */
function Details({ ticket, actions, menu, asOf }: DetailsProps) {
  const { data, isLoading } = useQuery(shownLayoutsQuery('panel'))
  const layout = fitting(data, ticket.type, ticket.channel)
  const parts = panelParts(ticket, menu, asOf)
  const properties = { ticket, actions, menu, readOnly: Boolean(asOf) }
  if (isLoading) return <Skeleton lines={8} />
  if (layout)
    return (
      <Suspense fallback={<Skeleton lines={8} />}>
        <LaidOut key={ticket.id} layout={layout} parts={parts} asOf={asOf} {...properties} />
      </Suspense>
    )
  return (
    <>
      <Properties {...properties} />
      {parts.understanding}
      {parts.assignment}
      {parts.promises}
      <CustomFields ticket={ticket} asOf={asOf} />
      {parts.relations}
      {parts.work}
      {parts.satisfaction}
      {parts.customer}
      {parts.sources}
    </>
  )
}

/** What lies beside the properties; of a ticket as it was only what is known of then. */
function panelParts(ticket: Ticket, menu: OpenMenu, asOf: string | undefined) {
  const now = (part: ReactNode) => !asOf && <Suspense fallback={null}>{part}</Suspense>
  return {
    understanding: now(
      <UnderstandingSide key={ticket.id} ticket={ticket} choice={menu.bind('meaning')} />,
    ),
    assignment: now(
      <>
        <ScoreSide ticket={ticket} />
        <AssignmentSide key={ticket.id} ticket={ticket} />
      </>,
    ),
    promises: ticket.promise && now(<PromisesPanel ticket={ticket} />),
    relations: now(<RelationsSide ticket={ticket} />),
    work: now(<WorkPanel key={ticket.id} ticket={ticket} />),
    satisfaction: now(<SatisfactionPanel ticket={ticket} />),
    customer: (
      <CustomerPanel
        contactId={ticket.requester.id}
        ticketId={ticket.id}
        version={ticket.version}
      />
    ),
    sources: now(<PanelSide ticket={ticket} />),
  }
}
export type PanelParts = ReturnType<typeof panelParts>
