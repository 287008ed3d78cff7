import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { Plus, UserPlus, X } from 'lucide-react'
import { useState } from 'react'
import { agentsQuery } from '@/shared/api'
import { type Agent, createAgent, rolesQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import {
  CopyButton,
  Mono,
  Small,
  submitKeys,
  Table,
  useAction,
  useLeaveGuard,
  useProblem,
} from '@/shared/page'
import { Avatar, ConfirmBar, IconButton } from '@/shared/ui'
import { Next, StepFrame } from './parts'
import styles from './setup.module.css'

interface Values {
  people: { name: string; email: string }[]
}

export function TeamStep({ next }: { next: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: roles = [] } = useQuery(rolesQuery)
  const [made, setMade] = useState<Agent[]>([])
  const { run, busy } = useAction()
  const { problem, report, clear } = useProblem(form)
  const [changed, setChanged] = useState(false)
  useLeaveGuard(changed)

  async function invite({ people }: Values) {
    clear()
    const role_ids = roles.filter((role) => role.system === 'agent').map((role) => role.id)
    for (const { name, email } of people) {
      const agent = await run(
        () =>
          createAgent({
            name: name.trim(),
            email: email.trim(),
            role_ids,
            team_ids: [],
            capacity: 10,
          }),
        { keys: [agentsQuery.queryKey], failed: report },
      )
      if (!agent) return
      setMade((before) => [...before, agent])
      const left = (form.getFieldValue('people') as Values['people']).filter(
        (person) => person.email.trim() !== email.trim(),
      )
      form.setFieldValue('people', left.length ? left : [{}])
    }
    setChanged(false)
  }

  const active = agents.filter((agent) => agent.active)
  return (
    <StepFrame
      id="team"
      foot={<Next skip={active.length < 2 && made.length === 0} onClick={next} />}
    >
      <div className={styles.faces}>
        {active.slice(0, 12).map((agent) => (
          <Avatar key={agent.id} name={agent.name} size={28} state={agent.state} />
        ))}
        <small>{t('setup.team.count', { count: active.length })}</small>
      </div>
      {made.length > 0 && (
        <div className={styles.made}>
          <ConfirmBar title={t('setup.team.passwords')}>{null}</ConfirmBar>
          <Table
            label={t('setup.team.passwords')}
            rows={made}
            keyOf={(agent) => agent.id}
            columns={[
              {
                key: 'name',
                title: t('kit.name'),
                cell: (agent) => (
                  <>
                    {agent.name}
                    <Small>{agent.email}</Small>
                  </>
                ),
              },
              {
                key: 'password',
                title: t('signIn.password'),
                cell: (agent) => <Mono>{agent.initial_password}</Mono>,
              },
              {
                key: 'copy',
                title: t('kit.actions'),
                quiet: true,
                end: true,
                cell: (agent) => <CopyButton text={agent.initial_password ?? ''} />,
              },
            ]}
          />
        </div>
      )}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={invite}
        onValuesChange={() => setChanged(true)}
        onKeyDown={submitKeys(form)}
        initialValues={{ people: [{}] }}
      >
        <Form.List name="people">
          {(rows, { add, remove }) => (
            <>
              {rows.map((row) => (
                <div key={row.key} className={styles.person}>
                  <Form.Item
                    name={[row.name, 'name']}
                    label={t('setup.team.name')}
                    rules={[{ required: true, whitespace: true, message: t('common.required') }]}
                  >
                    <Input maxLength={120} autoComplete="off" />
                  </Form.Item>
                  <Form.Item
                    name={[row.name, 'email']}
                    label={t('signIn.email')}
                    rules={[{ required: true, type: 'email', message: t('newTicket.needEmail') }]}
                  >
                    <Input inputMode="email" autoComplete="off" />
                  </Form.Item>
                  <IconButton
                    icon={X}
                    label={t('kit.remove')}
                    disabled={rows.length === 1}
                    onClick={() => remove(row.name)}
                  />
                </div>
              ))}
              {problem && (
                <ConfirmBar tone="danger" title={problem}>
                  {null}
                </ConfirmBar>
              )}
              <div className={styles.foot}>
                <Button icon={<UserPlus size={15} />} htmlType="submit" loading={busy !== null}>
                  {t('setup.team.invite')}
                </Button>
                <Button type="text" icon={<Plus size={15} />} onClick={() => add({})}>
                  {t('setup.team.another')}
                </Button>
              </div>
            </>
          )}
        </Form.List>
      </Form>
    </StepFrame>
  )
}
