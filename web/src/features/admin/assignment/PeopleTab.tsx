import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { Search, UserRound } from 'lucide-react'
import { useState } from 'react'
import { type AgentRef, agentsQuery, type Id, teamsQuery } from '@/shared/api'
import { skillsQuery } from '@/shared/api/assignment'
import { matchesName } from '@/shared/format'
import { useTranslation } from '@/shared/i18n'
import { QueryView, RowButton, Table, WithIcon } from '@/shared/page'
import { Avatar, Empty, Tag } from '@/shared/ui'
import styles from './assignment.module.css'
import { ProfilePanel } from './ProfilePanel'

const shown = 4

export function PeopleTab() {
  const { t } = useTranslation()
  const query = useQuery(agentsQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const [typed, setTyped] = useState('')
  const [edited, setEdited] = useState<AgentRef | null>(null)
  const teamNames = (agent: AgentRef) =>
    teams
      .filter(({ id }) => agent.teams.includes(id))
      .map(({ name }) => name)
      .join(t('assignment.comma'))
  return (
    <>
      <div className={styles.actions}>
        <Input
          allowClear
          prefix={<Search size={14} aria-hidden="true" />}
          placeholder={t('assignment.people.search')}
          aria-label={t('assignment.people.search')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <QueryView query={query}>
        {(all) => {
          const found = all.filter(
            (agent) => agent.active && matchesName(`${agent.name} ${agent.email}`, typed),
          )
          if (found.length === 0) {
            return <Empty icon={UserRound} title={t('kit.noMatch', { query: typed })} />
          }
          return (
            <Table
              label={t('assignment.tabs.people')}
              rows={found}
              keyOf={(agent) => agent.id}
              opens
              columns={[
                {
                  key: 'name',
                  title: t('kit.name'),
                  cell: (agent) => (
                    <WithIcon
                      icon={<Avatar name={agent.name} size={30} state={agent.state} />}
                      name={<RowButton onClick={() => setEdited(agent)}>{agent.name}</RowButton>}
                      note={agent.email}
                    />
                  ),
                },
                { key: 'teams', title: t('assignment.people.teams'), cell: teamNames },
                {
                  key: 'skills',
                  title: t('assignment.tabs.skills'),
                  cell: (agent) => <Skills agent={agent.id} />,
                },
              ]}
            />
          )
        }}
      </QueryView>
      {edited && <ProfilePanel agent={edited} close={() => setEdited(null)} />}
    </>
  )
}

/** What somebody can do and how well; all of it stands in their profile. */
function Skills({ agent }: { agent: Id }) {
  const { data = [] } = useQuery(skillsQuery)
  const theirs = data.flatMap(({ id, name, holders }) => {
    const level = holders.find(({ agent_id }) => agent_id === agent)?.level
    return level ? [{ id, name, level }] : []
  })
  if (theirs.length === 0) return null
  const best = theirs.sort((a, b) => b.level - a.level)
  return (
    <span className={styles.tags}>
      {best.slice(0, shown).map(({ id, name, level }) => (
        <Tag key={id}>
          {name} {level}
        </Tag>
      ))}
      {best.length > shown && <Tag>+{best.length - shown}</Tag>}
    </span>
  )
}
