import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { Eye, EyeOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { agentsQuery, nameOf, type Ticket, teamsQuery } from '@/shared/api'
import { matchesName } from '@/shared/format'
import { useTranslation } from '@/shared/i18n'
import { useCan, useMe } from '@/shared/session'
import { Avatar, ChannelIcon, TagPicker, Time, UserPicker, useChannelName } from '@/shared/ui'
import { PriorityMenu, StatusMenu } from './menus'
import type { OpenMenu } from './openMenu'
import styles from './ticket.module.css'
import type { TicketActions } from './useTicketActions'

interface Props {
  ticket: Ticket
  actions: TicketActions
  readOnly: boolean
  menu: OpenMenu
}

export function Properties({ ticket, actions, readOnly, menu }: Props) {
  const { t } = useTranslation()
  const mayEdit = useCan('ticket:edit', ticket) && !readOnly
  const mayAssign = useCan('ticket:assign', ticket) && !readOnly
  const channel = useChannelName()
  return (
    <section className={styles.section} aria-label={t('ticket.properties')}>
      <dl className={styles.rows}>
        <Row name={t('ticket.status')}>
          <StatusMenu
            ticket={ticket}
            disabled={!mayEdit}
            onChange={(status) => void actions.patch({ status })}
            {...menu.bind('status')}
          />
        </Row>
        <Row name={t('ticket.assignee')}>
          <UserPicker
            value={ticket.assignee_id}
            disabled={!mayAssign}
            label={t('ticket.assignee')}
            empty={t('ticket.unassigned')}
            onChange={(id) => void actions.assign(id)}
            {...menu.bind('assign')}
          />
        </Row>
        <Row name={t('ticket.team')}>
          <TeamPicker ticket={ticket} disabled={!mayAssign} actions={actions} />
        </Row>
        <Row name={t('priority.label')}>
          <PriorityMenu
            value={ticket.priority}
            disabled={!mayEdit}
            onChange={(priority) => void actions.patch({ priority })}
            {...menu.bind('priority')}
          />
        </Row>
        <Row name={t('ticket.tags')}>
          <TagPicker
            value={ticket.tags}
            disabled={!mayEdit}
            label={t('ticket.tags')}
            placeholder={mayEdit ? t('ticket.addTag') : t('ticket.noTags')}
            onChange={(tags) => void actions.patch({ tags })}
            {...menu.bind('tags')}
          />
        </Row>
        <Row name={t('ticket.watchers')}>
          <Watchers ticket={ticket} actions={actions} readOnly={readOnly} />
        </Row>
        <Row name={t('ticket.channel')}>
          <span className={styles.text}>
            <ChannelIcon channel={ticket.channel} decorative />
            {channel(ticket.channel)}
          </span>
        </Row>
        <Row name={t('ticket.created')}>
          <span className={styles.text}>
            <Time at={ticket.created_at} style="full" />
          </span>
        </Row>
      </dl>
    </section>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function TeamPicker({
  ticket,
  disabled,
  actions,
}: {
  ticket: Ticket
  disabled: boolean
  actions: TicketActions
}) {
  const { t } = useTranslation()
  const { data = [], isPending } = useQuery(teamsQuery)
  return (
    <Select
      style={{ width: '100%' }}
      variant="borderless"
      aria-label={t('ticket.team')}
      placeholder={t('ticket.noTeam')}
      // Without its name a team would be shown by its number.
      value={isPending ? undefined : (ticket.team_id ?? undefined)}
      loading={isPending}
      disabled={disabled}
      allowClear
      popupMatchSelectWidth={220}
      options={data.map(({ id, name }) => ({ value: id, label: name }))}
      showSearch={{ filterOption: (typed, option) => matchesName(option?.label ?? '', typed) }}
      onChange={(team?: string) => void actions.patch({ team_id: team ?? null })}
    />
  )
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
