import { useQuery } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import type { AgentRef } from '@/shared/api'
import {
  type AgentProfile,
  changeProfile,
  type ProfileChange,
  profileQuery,
  skillsQuery,
} from '@/shared/api/assignment'
import { languageOptions } from '@/shared/format/languages'
import { useLocale, useTranslation } from '@/shared/i18n'
import { FormPanel, QueryView } from '@/shared/page'
import { Tag, Time } from '@/shared/ui'
import { TimeZonePicker } from '../parts/TimeZonePicker'
import { WeekEditor } from '../sla/WeekEditor'
import styles from './assignment.module.css'
import { LeaveEditor } from './LeaveEditor'
import { LevelsEditor } from './LevelsEditor'
import { LimitsEditor } from './LimitsEditor'

interface Props {
  agent: AgentRef
  close: () => void
}

/** What somebody can do, when they work, and when they are away. */
export function ProfilePanel({ agent, close }: Props) {
  const query = useQuery(profileQuery(agent.id))
  if (!query.data && !query.error) return null
  return (
    <QueryView query={query}>
      {(profile) => <Fields agent={agent} profile={profile} close={close} />}
    </QueryView>
  )
}

function Fields({ agent, profile, close }: Props & { profile: AgentProfile }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [form] = Form.useForm<ProfileChange>()
  const { data: skills = [] } = useQuery(skillsQuery)
  return (
    <FormPanel
      title={t('assignment.profile.title', { name: agent.name })}
      form={form}
      width={640}
      initial={{
        skills: profile.skills,
        languages: profile.languages,
        time_zone: profile.time_zone,
        shifts: profile.shifts,
        limits: profile.limits,
      }}
      submit={(values) =>
        changeProfile(agent.id, { ...values, time_zone: values.time_zone || null })
      }
      keys={[profileQuery(agent.id).queryKey, skillsQuery.queryKey]}
      close={close}
    >
      <Now profile={profile} />
      <Form.Item
        name="skills"
        label={t('assignment.tabs.skills')}
        extra={t('assignment.profile.skillsHint')}
      >
        <LevelsEditor skills={skills} />
      </Form.Item>
      <Form.Item
        name="languages"
        label={t('assignment.profile.languages')}
        extra={t('assignment.profile.languagesHint')}
      >
        <Select
          mode="multiple"
          options={languageOptions(locale)}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('kit.notSet')}
        />
      </Form.Item>
      <Form.Item
        name="shifts"
        label={t('assignment.profile.shifts')}
        extra={t('assignment.profile.shiftsHint')}
      >
        <WeekEditor overnight />
      </Form.Item>
      <Form.Item name="time_zone" label={t('sla.calendars.zone')}>
        <TimeZonePicker allowClear placeholder={t('assignment.profile.zoneOfWorkspace')} />
      </Form.Item>
      <Form.Item
        name="limits"
        label={t('assignment.profile.limits')}
        extra={t('assignment.profile.limitsHint')}
      >
        <LimitsEditor />
      </Form.Item>
      <LeaveEditor agentId={agent.id} />
    </FormPanel>
  )
}

/** Whether they work at this moment, and until when. */
function Now({ profile }: { profile: AgentProfile }) {
  const { t } = useTranslation()
  const state = profile.on_leave ? 'onLeave' : profile.on_shift ? 'onShift' : 'offShift'
  return (
    <p className={styles.now}>
      <Tag tone={state === 'onShift' ? 'ok' : 'neutral'}>{t(`assignment.profile.${state}`)}</Tag>
      {profile.next_change_at && (
        <span>
          {t('assignment.profile.until')} <Time at={profile.next_change_at} style="full" />
        </span>
      )}
    </p>
  )
}
