import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { GraduationCap, Plus } from 'lucide-react'
import { useState } from 'react'
import {
  type NewSkill,
  removeSkill,
  type Skill,
  saveSkill,
  skillsQuery,
} from '@/shared/api/assignment'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, QueryView, RequiredText, RowButton, Small, Table } from '@/shared/page'
import { Empty } from '@/shared/ui'
import styles from './assignment.module.css'

export function SkillsTab() {
  const { t } = useTranslation()
  const query = useQuery(skillsQuery)
  const [edited, setEdited] = useState<Skill | 'new' | null>(null)
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setEdited('new')}>
      {t('assignment.skills.add')}
    </Button>
  )
  return (
    <>
      <QueryView
        query={query}
        empty={
          <Empty
            icon={GraduationCap}
            title={t('assignment.skills.empty')}
            hint={t('assignment.skills.emptyHint')}
          >
            {add}
          </Empty>
        }
      >
        {(items) => (
          <>
            <div className={styles.actions}>{add}</div>
            <Table
              label={t('assignment.tabs.skills')}
              rows={items}
              keyOf={(skill) => skill.id}
              opens
              columns={[
                {
                  key: 'name',
                  title: t('kit.name'),
                  cell: (skill) => (
                    <>
                      <RowButton onClick={() => setEdited(skill)}>{skill.name}</RowButton>
                      {skill.description && <Small>{skill.description}</Small>}
                    </>
                  ),
                },
                {
                  key: 'agents',
                  title: t('assignment.skills.agents'),
                  width: 120,
                  end: true,
                  cell: (skill) => skill.agents,
                },
                {
                  key: 'rules',
                  title: t('assignment.skills.rules'),
                  width: 120,
                  end: true,
                  cell: (skill) => skill.rules,
                },
              ]}
            />
          </>
        )}
      </QueryView>
      {edited && (
        <SkillPanel skill={edited === 'new' ? null : edited} close={() => setEdited(null)} />
      )}
    </>
  )
}

function SkillPanel({ skill, close }: { skill: Skill | null; close: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<NewSkill>()
  const keys = [skillsQuery.queryKey]
  return (
    <FormPanel
      title={skill?.name ?? t('assignment.skills.add')}
      form={form}
      initial={{ name: skill?.name ?? '', description: skill?.description ?? '' }}
      submit={(values) => saveSkill(skill?.id ?? null, values)}
      keys={keys}
      close={close}
      removal={
        skill && {
          title: t('assignment.skills.removeTitle', { name: skill.name }),
          hint: t('assignment.skills.removeHint'),
          run: () => removeSkill(skill.id),
        }
      }
    >
      <RequiredText name="name" label={t('kit.name')} autoFocus={!skill} maxLength={100} />
      <Form.Item name="description" label={t('assignment.skills.description')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} />
      </Form.Item>
    </FormPanel>
  )
}
