import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Radio } from 'antd'
import { Plus, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { agentsQuery, teamsQuery } from '@/shared/api'
import { keep, type Team, teamsAdminQuery, unitsQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import {
  FormPanel,
  Guard,
  Page,
  QueryView,
  RequiredText,
  RowButton,
  Small,
  Table,
} from '@/shared/page'
import { Empty, Tag } from '@/shared/ui'
import { pathOf } from '../organisation/tree'
import { AgentsPicker } from '../parts/AgentsPicker'
import { People } from '../parts/People'
import styles from '../parts/parts.module.css'
import { UnitPicker } from '../parts/UnitPicker'

const teams = keep('teams')

export function TeamsPage() {
  const { t } = useTranslation()
  const query = useQuery(teamsAdminQuery)
  const { data: units = [] } = useQuery(unitsQuery)
  const [edited, setEdited] = useState<Team | 'new' | null>(null)
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setEdited('new')}>
      {t('admin.teams.add')}
    </Button>
  )
  return (
    <Guard permission="team:manage">
      <Page title={t('admin.sections.teams')} lead={t('admin.teams.lead')} actions={add}>
        <QueryView
          query={query}
          empty={
            <Empty
              icon={UsersRound}
              title={t('admin.teams.empty')}
              hint={t('admin.teams.emptyHint')}
            >
              {add}
            </Empty>
          }
        >
          {(items) => (
            <Table
              label={t('admin.sections.teams')}
              rows={items}
              keyOf={(team) => team.id}
              opens
              columns={[
                {
                  key: 'name',
                  title: t('kit.name'),
                  cell: (team) => (
                    <>
                      <RowButton onClick={() => setEdited(team)}>{team.name}</RowButton>
                      {team.description && <Small>{team.description}</Small>}
                    </>
                  ),
                },
                {
                  key: 'members',
                  title: t('admin.teams.members'),
                  width: 190,
                  cell: (team) => <People ids={team.members} />,
                },
                {
                  key: 'mode',
                  title: t('admin.teams.mode'),
                  width: 150,
                  cell: (team) => (
                    <Tag tone={team.assignment.mode === 'manual' ? 'neutral' : 'info'}>
                      {t(`admin.teams.modes.${team.assignment.mode}`)}
                    </Tag>
                  ),
                },
                {
                  key: 'unit',
                  title: t('admin.teams.unit'),
                  width: 220,
                  cell: (team) => pathOf(units, team.unit_id),
                },
              ]}
            />
          )}
        </QueryView>
        {edited && (
          <TeamPanel team={edited === 'new' ? null : edited} close={() => setEdited(null)} />
        )}
      </Page>
    </Guard>
  )
}

type Fields = Omit<Team, 'id'>

function TeamPanel({ team, close }: { team: Team | null; close: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  const { data: units = [] } = useQuery(unitsQuery)
  const keys = [teamsAdminQuery.queryKey, teamsQuery.queryKey, agentsQuery.queryKey]
  return (
    <FormPanel
      title={team ? team.name : t('admin.teams.add')}
      form={form}
      initial={
        team ?? { description: '', unit_id: null, assignment: { mode: 'round_robin' }, members: [] }
      }
      submit={(values) => teams.save(team?.id ?? null, values)}
      keys={keys}
      close={close}
      removal={
        team && {
          title: t('admin.teams.removeTitle', { name: team.name }),
          hint: t('admin.teams.removeHint'),
          run: () => teams.remove(team.id),
        }
      }
    >
      <RequiredText name="name" label={t('kit.name')} autoFocus={!team} maxLength={120} />
      <Form.Item name="description" label={t('admin.teams.description')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={2000} />
      </Form.Item>
      <Form.Item name={['assignment', 'mode']} label={t('admin.teams.mode')}>
        <Radio.Group className={styles.choices}>
          {(['manual', 'round_robin'] as const).map((mode) => (
            <Radio key={mode} value={mode}>
              {t(`admin.teams.modes.${mode}`)}
              <small>{t(`admin.teams.modeHints.${mode}`)}</small>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item name="members" label={t('admin.teams.members')}>
        <AgentsPicker />
      </Form.Item>
      <Form.Item name="unit_id" label={t('admin.teams.unit')} extra={t('admin.teams.unitHint')}>
        <UnitPicker units={units} clearable placeholder={t('kit.notSet')} />
      </Form.Item>
    </FormPanel>
  )
}
