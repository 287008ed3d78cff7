import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { type AgentRef, agentsQuery, teamsQuery } from '@/shared/api'
import {
  type Agent,
  agentQuery,
  changeAgent,
  createAgent,
  deactivateAgent,
  type NewAgent,
  rolesQuery,
  teamsAdminQuery,
} from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, QueryView, RemoveButton, Two, useAction } from '@/shared/page'
import { useMyId } from '@/shared/session'
import { useRoleName } from './roleName'

export interface Invited {
  name: string
  email: string
  password: string
}
interface Props {
  agent: AgentRef | null
  close: () => void
  invited: (who: Invited) => void
}

export function AgentPanel({ agent, close, invited }: Props) {
  if (!agent) return <Fields agent={null} close={close} invited={invited} />
  return <Loaded agent={agent} close={close} invited={invited} />
}

function Loaded({ agent, ...rest }: Props & { agent: AgentRef }) {
  const query = useQuery(agentQuery(agent.id))
  if (!query.data && !query.error) return null
  return <QueryView query={query}>{(full) => <Fields agent={full} {...rest} />}</QueryView>
}

function Fields({ agent, close, invited }: Omit<Props, 'agent'> & { agent: Agent | null }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<NewAgent>()
  const client = useQueryClient()
  const me = useMyId()
  const { data: roles = [] } = useQuery(rolesQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const { run, busy } = useAction()
  const roleName = useRoleName()
  const keys = [agentsQuery.queryKey, teamsAdminQuery.queryKey, ['admin', 'agent']]

  async function submit({ email, password, ...values }: NewAgent) {
    const secret = password?.trim() ? { password } : {}
    if (agent) {
      client.setQueryData(
        agentQuery(agent.id).queryKey,
        await changeAgent(agent.id, { ...values, ...secret }),
      )
      return
    }
    const made = await createAgent({ ...values, ...secret, email: email.trim() })
    if (made.initial_password) {
      invited({ name: made.name, email: made.email, password: made.initial_password })
    }
  }
  async function reactivate(id: string) {
    const back = await run(() => changeAgent(id, { active: true }), {
      keys,
      done: t('admin.agents.reactivated'),
    })
    if (back) close()
  }

  return (
    <FormPanel
      title={agent ? agent.name : t('admin.agents.add')}
      form={form}
      initial={
        agent ?? {
          capacity: 10,
          team_ids: [],
          role_ids: roles.filter((role) => role.system === 'agent').map((role) => role.id),
        }
      }
      submit={submit}
      submitText={agent ? undefined : t('admin.agents.invite')}
      done={agent ? undefined : t('admin.agents.created')}
      keys={keys}
      close={close}
      danger={
        agent &&
        (agent.active ? (
          <RemoveButton
            title={t('admin.agents.deactivateTitle', { name: agent.name })}
            hint={t('admin.agents.deactivateHint')}
            text={t('admin.agents.deactivate')}
            disabled={agent.id === me}
            remove={() => deactivateAgent(agent.id)}
            keys={keys}
            done={t('admin.agents.deactivated')}
            then={close}
          />
        ) : (
          <Button loading={busy !== null} onClick={() => void reactivate(agent.id)}>
            {t('admin.agents.reactivate')}
          </Button>
        ))
      }
    >
      <Form.Item
        name="name"
        label={t('admin.agents.name')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input autoFocus={!agent} maxLength={120} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="email"
        label={t('signIn.email')}
        extra={agent ? undefined : t('admin.agents.emailHint')}
        rules={[{ required: true, type: 'email', message: t('newTicket.needEmail') }]}
      >
        <Input disabled={agent !== null} inputMode="email" autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="role_ids"
        label={t('admin.agents.roles')}
        extra={t('admin.agents.rolesHint')}
      >
        <Select
          mode="multiple"
          options={roles.map((role) => ({ value: role.id, label: roleName(role) }))}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item name="team_ids" label={t('admin.agents.teams')}>
        <Select
          mode="multiple"
          options={teams.map((team) => ({ value: team.id, label: team.name }))}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('kit.notSet')}
        />
      </Form.Item>
      <Two>
        <Form.Item
          name="capacity"
          label={t('admin.agents.capacity')}
          extra={t('admin.agents.capacityHint')}
        >
          <InputNumber min={0} max={1000} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name="password"
          label={agent ? t('admin.agents.newPassword') : t('signIn.password')}
          extra={agent ? t('admin.agents.newPasswordHint') : t('admin.agents.passwordHint')}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Two>
    </FormPanel>
  )
}
