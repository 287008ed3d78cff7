import { useQuery } from '@tanstack/react-query'
import { UsersRound } from 'lucide-react'
import { useState } from 'react'
import { type Team, teamsAdminQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { QueryView, RowButton, Table } from '@/shared/page'
import { Empty, Tag } from '@/shared/ui'
import { People } from '../parts/People'
import { TeamAssignmentPanel } from './TeamAssignmentPanel'

export function TeamsTab() {
  const { t } = useTranslation()
  const query = useQuery(teamsAdminQuery)
  const [edited, setEdited] = useState<Team | null>(null)
  return (
    <>
      <QueryView query={query} empty={<Empty icon={UsersRound} title={t('admin.teams.empty')} />}>
        {(items) => (
          <Table
            label={t('assignment.tabs.teams')}
            rows={items}
            keyOf={(team) => team.id}
            opens
            columns={[
              {
                key: 'name',
                title: t('kit.name'),
                cell: (team) => <RowButton onClick={() => setEdited(team)}>{team.name}</RowButton>,
              },
              {
                key: 'members',
                title: t('admin.teams.members'),
                width: 220,
                cell: (team) => <People ids={team.members} />,
              },
              {
                key: 'mode',
                title: t('admin.teams.mode'),
                width: 160,
                cell: (team) => (
                  <Tag tone={team.assignment.mode === 'manual' ? 'neutral' : 'info'}>
                    {t(`admin.teams.modes.${team.assignment.mode}`)}
                  </Tag>
                ),
              },
            ]}
          />
        )}
      </QueryView>
      {edited && <TeamAssignmentPanel team={edited} close={() => setEdited(null)} />}
    </>
  )
}
