import { useQuery } from '@tanstack/react-query'
import { Form, InputNumber, Radio } from 'antd'
import type { Team } from '@/shared/api/admin'
import {
  changeTeamAssignment,
  type TeamAssignment,
  type TeamAssignmentChange,
  teamAssignmentQuery,
} from '@/shared/api/assignment'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, QueryView } from '@/shared/page'
import styles from '../parts/parts.module.css'

interface Props {
  team: Team
  close: () => void
}

/** What comes before a member's turn, and what a ticket may do without when nobody fits. */
export function TeamAssignmentPanel({ team, close }: Props) {
  const query = useQuery(teamAssignmentQuery(team.id))
  if (!query.data && !query.error) return null
  return (
    <QueryView query={query}>
      {(found) => <Fields team={team} settings={found} close={close} />}
    </QueryView>
  )
}

function Fields({ team, settings, close }: Props & { settings: TeamAssignment }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<TeamAssignmentChange>()
  return (
    <FormPanel
      title={team.name}
      form={form}
      initial={{
        sticky_days: settings.sticky_days,
        language: settings.language,
        preferred_minutes: settings.preferred_minutes,
        lower_minutes: settings.lower_minutes,
      }}
      submit={(values) =>
        changeTeamAssignment(team.id, {
          ...values,
          sticky_days: values.sticky_days ?? 0,
          preferred_minutes: values.preferred_minutes ?? 0,
          lower_minutes: values.lower_minutes ?? null,
        })
      }
      keys={[teamAssignmentQuery(team.id).queryKey]}
      close={close}
    >
      {settings.mode === 'manual' && <p>{t('assignment.team.manual')}</p>}
      <Form.Item
        name="sticky_days"
        label={t('assignment.team.sticky')}
        extra={t('assignment.team.stickyHint')}
      >
        <InputNumber
          min={0}
          max={365}
          suffix={t('assignment.team.days')}
          style={{ width: '100%' }}
        />
      </Form.Item>
      <Form.Item name="language" label={t('assignment.team.language')}>
        <Radio.Group className={styles.choices}>
          {(['ignored', 'preferred', 'required'] as const).map((kind) => (
            <Radio key={kind} value={kind}>
              {t(`assignment.team.languages.${kind}`)}
              <small>{t(`assignment.team.languageHints.${kind}`)}</small>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item
        name="preferred_minutes"
        label={t('assignment.team.preferred')}
        extra={t('assignment.team.preferredHint')}
      >
        <InputNumber
          min={0}
          max={525600}
          suffix={t('assignment.team.minutes')}
          style={{ width: '100%' }}
        />
      </Form.Item>
      <Form.Item
        name="lower_minutes"
        label={t('assignment.team.lower')}
        extra={t('assignment.team.lowerHint')}
      >
        <InputNumber
          min={1}
          max={525600}
          placeholder={t('assignment.team.never')}
          suffix={t('assignment.team.minutes')}
          style={{ width: '100%' }}
        />
      </Form.Item>
    </FormPanel>
  )
}
