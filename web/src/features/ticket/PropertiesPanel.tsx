import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Eye, EyeOff } from 'lucide-react'
import { Fragment, lazy, type ReactNode } from 'react'
import { agentsQuery, nameOf, type Ticket, teamsQuery } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { useCan, useMe } from '@/shared/session'
import { Avatar, ChannelIcon, OnDemand, Tag, Time, useChannelName } from '@/shared/ui'
import { PriorityMenu, StatusMenu } from './menus'
import type { OpenMenu } from './openMenu'
import styles from './ticket.module.css'
import type { TicketActions } from './useTicketActions'

const UserPicker = lazy(() =>
  import('@/shared/ui/UserPicker').then((m) => ({ default: m.UserPicker })),
)
const TagPicker = lazy(() =>
  import('@/shared/ui/TagPicker').then((m) => ({ default: m.TagPicker })),
)
const TeamPicker = lazy(() => import('./TeamPicker'))

interface Props {
  ticket: Ticket
  actions: TicketActions
  readOnly: boolean
  menu: OpenMenu
}

export const propertyNames = [
  'status',
  'assignee',
  'team',
  'priority',
  'tags',
  'watchers',
  'channel',
  'created',
] as const
export type PropertyName = (typeof propertyNames)[number]

export function Properties(props: Props) {
  const { t } = useTranslation()
  return (
    <section className={styles.section} aria-label={t('ticket.properties')}>
      <dl className={styles.rows}>
        <PropertyRows {...props} names={propertyNames} />
      </dl>
    </section>
  )
}

/** Some of what stands on a ticket, in this order, as rows of a list of terms. */
export function PropertyRows(props: Props & { names: readonly PropertyName[] }) {
  const { ticket, actions, readOnly, menu, names } = props
  const { t } = useTranslation()
  const mayEdit = useCan('ticket:edit', ticket) && !readOnly
  const mayAssign = useCan('ticket:assign', ticket) && !readOnly
  const channel = useChannelName()
  const rows: Record<PropertyName, () => ReactNode> = {
    status: () => (
      <Row name={t('ticket.status')}>
        <StatusMenu
          ticket={ticket}
          disabled={!mayEdit}
          onChange={(status) => void actions.patch({ status })}
          {...menu.bind('status')}
        />
      </Row>
    ),
    assignee: () => (
      <Row name={t('ticket.assignee')}>
        <OnDemand
          label={t('ticket.assignee')}
          disabled={!mayAssign}
          {...menu.bind('assign')}
          picker={(state) => (
            <UserPicker
              value={ticket.assignee_id}
              label={t('ticket.assignee')}
              empty={t('ticket.unassigned')}
              onChange={(id) => void actions.assign(id)}
              autoFocus
              {...state}
            />
          )}
        >
          <Person id={ticket.assignee_id} empty={t('ticket.unassigned')} />
        </OnDemand>
      </Row>
    ),
    team: () => (
      <Row name={t('ticket.team')}>
        <OnDemand
          label={t('ticket.team')}
          disabled={!mayAssign}
          picker={(state) => (
            <TeamPicker
              value={ticket.team_id}
              onChange={(team_id) => void actions.patch({ team_id })}
              {...state}
            />
          )}
        >
          <Team id={ticket.team_id} empty={t('ticket.noTeam')} />
        </OnDemand>
      </Row>
    ),
    priority: () => (
      <Row name={t('priority.label')}>
        <PriorityMenu
          value={ticket.priority}
          disabled={!mayEdit}
          onChange={(priority) => void actions.patch({ priority })}
          {...menu.bind('priority')}
        />
      </Row>
    ),
    tags: () => (
      <Row name={t('ticket.tags')}>
        <OnDemand
          label={t('ticket.tags')}
          disabled={!mayEdit}
          {...menu.bind('tags')}
          picker={(state) => (
            <TagPicker
              value={ticket.tags}
              label={t('ticket.tags')}
              placeholder={t('ticket.addTag')}
              onChange={(tags) => void actions.patch({ tags })}
              autoFocus
              {...state}
            />
          )}
        >
          {ticket.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
          {ticket.tags.length === 0 && (
            <span className={styles.muted}>
              {mayEdit ? t('ticket.addTag') : t('ticket.noTags')}
            </span>
          )}
        </OnDemand>
      </Row>
    ),
    watchers: () => (
      <Row name={t('ticket.watchers')}>
        <Watchers ticket={ticket} actions={actions} readOnly={readOnly} />
      </Row>
    ),
    channel: () => (
      <Row name={t('ticket.channel')}>
        <span className={styles.text}>
          <ChannelIcon channel={ticket.channel} decorative />
          {channel(ticket.channel)}
        </span>
      </Row>
    ),
    created: () => (
      <Row name={t('ticket.created')}>
        <span className={styles.text}>
          <Time at={ticket.created_at} style="full" />
        </span>
      </Row>
    ),
  }
  return names.map((name) => <Fragment key={name}>{rows[name]()}</Fragment>)
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** Without its name a person or team would be shown by its number: nothing until it is known. */
function Person({ id, empty }: { id: string | null; empty: string }) {
  const { data: agents } = useQuery(agentsQuery)
  const agent = agents?.find((one) => one.id === id)
  if (!id) return <span className={styles.muted}>{empty}</span>
  if (!agent) return null
  return (
    <>
      <Avatar name={agent.name} size={20} state={agent.state} />
      {agent.name}
    </>
  )
}

function Team({ id, empty }: { id: string | null; empty: string }) {
  const { data: teams } = useQuery(teamsQuery)
  return id ? nameOf(teams, id) : <span className={styles.muted}>{empty}</span>
}

function Watchers({
  ticket,
  actions,
  readOnly,
}: {
  ticket: Ticket
  actions: TicketActions
  readOnly: boolean
}) {
  const { t } = useTranslation()
  const me = useMe().agent.id
  const { data: agents } = useQuery(agentsQuery)
  const watching = ticket.watchers.includes(me)
  const names = ticket.watchers.map((id) => nameOf(agents, id)).filter((name) => name !== null)
  return (
    <span className={styles.text}>
      {names.slice(0, 5).map((name) => (
        <span key={name} title={name}>
          <Avatar name={name} size={20} />
          <span className="sr-only">{name}</span>
        </span>
      ))}
      {names.length === 0 && <span className={styles.muted}>{t('ticket.noWatchers')}</span>}
      {!readOnly && (
        <Button
          type="text"
          size="small"
          icon={watching ? <EyeOff size={14} /> : <Eye size={14} />}
          aria-pressed={watching}
          onClick={() => void actions.watch(!watching)}
        >
          {watching ? t('ticket.unwatch') : t('ticket.watch')}
        </Button>
      )}
    </span>
  )
}
