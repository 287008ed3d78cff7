import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { ListFilter, Plus } from 'lucide-react'
import { Suspense, useState } from 'react'
import { ConditionSummary } from '@/features/views'
import type { Condition } from '@/shared/api'
import { type AssignmentRule, assignmentRulesQuery, skillsQuery } from '@/shared/api/assignment'
import { useTranslation } from '@/shared/i18n'
import { QueryView, RowButton, Small, Table } from '@/shared/page'
import { Empty, Tag } from '@/shared/ui'
import styles from './assignment.module.css'
import { RulePanel } from './RulePanel'

export function RulesTab() {
  const { t } = useTranslation()
  const query = useQuery(assignmentRulesQuery)
  const { data: skills = [] } = useQuery(skillsQuery)
  const [edited, setEdited] = useState<AssignmentRule | 'new' | null>(null)
  const add = (
    <Button
      type="primary"
      icon={<Plus size={15} />}
      disabled={skills.length === 0}
      onClick={() => setEdited('new')}
    >
      {t('assignment.rules.add')}
    </Button>
  )
  const nameOf = (id: string) => skills.find((skill) => skill.id === id)?.name ?? id
  return (
    <>
      <QueryView
        query={query}
        empty={
          <Empty
            icon={ListFilter}
            title={t('assignment.rules.empty')}
            hint={t(skills.length ? 'assignment.rules.emptyHint' : 'assignment.rules.skillsFirst')}
          >
            {add}
          </Empty>
        }
      >
        {(items) => (
          <>
            <div className={styles.actions}>{add}</div>
            <Table
              label={t('assignment.tabs.rules')}
              rows={items}
              keyOf={(rule) => rule.id}
              opens
              columns={[
                {
                  key: 'name',
                  title: t('kit.name'),
                  cell: (rule) => (
                    <>
                      <RowButton onClick={() => setEdited(rule)}>{rule.name}</RowButton>{' '}
                      {!rule.active && <Tag>{t('assignment.rules.off')}</Tag>}
                      {rule.problem && <Tag tone="danger">{t('assignment.rules.broken')}</Tag>}
                      <Small>
                        <Suspense fallback={null}>
                          <ConditionSummary condition={rule.condition as Condition} />
                        </Suspense>
                      </Small>
                    </>
                  ),
                },
                {
                  key: 'needs',
                  title: t('assignment.rules.needs'),
                  width: 320,
                  cell: (rule) => (
                    <span className={styles.tags}>
                      {rule.needs.map((need) => (
                        <Tag key={need.skill_id} tone={need.required ? 'info' : 'neutral'}>
                          {nameOf(need.skill_id)} ≥ {need.level}
                          {!need.required && ` · ${t('assignment.preferred')}`}
                        </Tag>
                      ))}
                    </span>
                  ),
                },
              ]}
            />
          </>
        )}
      </QueryView>
      {edited && (
        <RulePanel
          rule={edited === 'new' ? null : edited}
          skills={skills}
          close={() => setEdited(null)}
        />
      )}
    </>
  )
}
