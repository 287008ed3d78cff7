import { useQuery } from '@tanstack/react-query'
import { Button, Input, Segmented } from 'antd'
import { GraduationCap, Plus, Search, ShieldCheck, UserRound } from 'lucide-react'
import { Suspense, useState } from 'react'
import { type AgentRef, agentsQuery, teamsQuery } from '@/shared/api'
import { rolesQuery } from '@/shared/api/admin'
import { matchesName } from '@/shared/format'
import { needWords, useTranslation } from '@/shared/i18n'
import {
  Above,
  Bar,
  Guard,
  Page,
  QueryView,
  RowButton,
  SecretOnce,
  Table,
  WithIcon,
} from '@/shared/page'
import { useCan } from '@/shared/session'
import { Avatar, Empty, IconButton, lazily, Tag } from '@/shared/ui'
import styles from '../parts/parts.module.css'
import { AgentPanel, type Invited } from './AgentPanel'
import { useRoleName } from './roleName'

const ProfilePanel = lazily(async () => {
  const [{ ProfilePanel: found }] = await Promise.all([
    import('../assignment/ProfilePanel'),
    needWords('assignment', 'sla'),
  ])
  return { default: found }
})

type Which = 'active' | 'inactive'

export function AgentsPage() {
  const { t } = useTranslation()
  const query = useQuery(agentsQuery)
  const [edited, setEdited] = useState<AgentRef | 'new' | null>(null)
  const [profiled, setProfiled] = useState<AgentRef | null>(null)
  const [invited, setInvited] = useState<Invited | null>(null)
  const [typed, setTyped] = useState('')
  const [which, setWhich] = useState<Which>('active')
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setEdited('new')}>
      {t('admin.agents.add')}
    </Button>
  )
  return (
    <Guard permission="agent:manage">
      <Page title={t('admin.sections.agents')} lead={t('admin.agents.lead')} actions={add}>
        <Bar>
          <Input
            className="grow"
            allowClear
            prefix={<Search size={14} aria-hidden="true" />}
            placeholder={t('admin.agents.search')}
            aria-label={t('admin.agents.search')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Segmented<Which>
            aria-label={t('admin.agents.filter')}
            value={which}
            onChange={setWhich}
            options={(['active', 'inactive'] as const).map((value) => ({
              value,
              label: t(`admin.agents.${value}`),
            }))}
          />
        </Bar>
        <QueryView query={query}>
          {(all) => (
            <AgentTable
              agents={all.filter(
                (agent) =>
                  agent.active === (which === 'active') &&
                  matchesName(`${agent.name} ${agent.email}`, typed),
              )}
              empty={
                typed ? (
                  <Empty icon={Search} title={t('kit.noMatch', { query: typed })} />
                ) : (
                  <Empty icon={UserRound} title={t(`admin.agents.empty.${which}`)}>
                    {which === 'active' && add}
                  </Empty>
                )
              }
              open={setEdited}
              profile={setProfiled}
            />
          )}
        </QueryView>
        {edited && (
          <AgentPanel
            agent={edited === 'new' ? null : edited}
            close={() => setEdited(null)}
            invited={setInvited}
          />
        )}
        {profiled && (
          <Suspense fallback={null}>
            <ProfilePanel agent={profiled} close={() => setProfiled(null)} />
          </Suspense>
        )}
        {invited && (
          <SecretOnce
            title={t('admin.agents.invited', { name: invited.name })}
            warning={t('admin.agents.invitedHint', { email: invited.email })}
            secret={invited.password}
            close={() => setInvited(null)}
          />
        )}
      </Page>
    </Guard>
  )
}

interface TableProps {
  agents: AgentRef[]
  empty: React.ReactNode
  open: (agent: AgentRef) => void
  profile: (agent: AgentRef) => void
}

function AgentTable({ agents, empty, open, profile }: TableProps) {
  const { t } = useTranslation()
  const mayProfile = useCan('routing:manage')
  const { data: roles = [] } = useQuery(rolesQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const roleName = useRoleName()
  if (agents.length === 0) return empty
  const named = <T extends { id: string }>(items: T[], ids: string[] = []) =>
    items.filter(({ id }) => ids.includes(id))
  return (
    <Table
      label={t('admin.sections.agents')}
      rows={agents}
      keyOf={(agent) => agent.id}
      opens
      columns={[
        {
          key: 'name',
          title: t('kit.name'),
          cell: (agent) => (
            <WithIcon
              icon={
                <Avatar
                  name={agent.name}
                  size={30}
                  state={agent.active ? agent.state : undefined}
                />
              }
              name={<RowButton onClick={() => open(agent)}>{agent.name}</RowButton>}
              note={agent.email}
            />
          ),
        },
        {
          key: 'roles',
          title: t('admin.agents.roles'),
          width: 190,
          cell: (agent) => (
            <span className={styles.tags}>
              {named(roles, agent.role_ids).map((role) => (
                <Tag key={role.id} tone={role.system === 'admin' ? 'brand' : 'neutral'}>
                  {roleName(role)}
                </Tag>
              ))}
            </span>
          ),
        },
        {
          key: 'teams',
          title: t('admin.agents.teams'),
          cell: (agent) =>
            named(teams, agent.teams)
              .map((team) => team.name)
              .join('、'),
        },
        {
          key: 'capacity',
          title: t('admin.agents.capacity'),
          width: 90,
          end: true,
          cell: (agent) => agent.capacity ?? '',
        },
        {
          key: 'totp',
          title: t('admin.agents.totp'),
          width: 110,
          cell: (agent) =>
            agent.totp_enabled ? (
              <Tag tone="ok">
                <ShieldCheck size={12} aria-hidden="true" /> {t('admin.agents.on')}
              </Tag>
            ) : (
              ''
            ),
        },
        ...(mayProfile
          ? [
              {
                key: 'profile',
                title: t('admin.agents.profile'),
                quiet: true,
                width: 60,
                end: true,
                cell: (agent: AgentRef) => (
                  <Above>
                    <IconButton
                      icon={GraduationCap}
                      label={`${t('admin.agents.profile')}: ${agent.name}`}
                      onClick={() => profile(agent)}
                    />
                  </Above>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}
