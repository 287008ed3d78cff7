import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { GitBranch, Plus } from 'lucide-react'
import { useState } from 'react'
import { type FieldObject, type FieldRule, fieldsQuery, rulesQuery } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { QueryView } from '@/shared/page'
import { Empty, Tag } from '@/shared/ui'
import styles from './fields.module.css'
import { RulePanel } from './RulePanel'
import { useSentence } from './useSentence'

export function RulesTab({ object }: { object: FieldObject }) {
  const { t } = useTranslation()
  const query = useQuery(rulesQuery(object))
  const { data: fields = [] } = useQuery(fieldsQuery(object))
  const { sentence } = useSentence(fields)
  const [edited, setEdited] = useState<FieldRule | 'new' | null>(null)
  return (
    <>
      <div className={styles.tabs}>
        <Button
          type="primary"
          icon={<Plus size={15} />}
          disabled={fields.length === 0}
          onClick={() => setEdited('new')}
        >
          {t('fields.rules.add')}
        </Button>
      </div>
      <QueryView
        query={query}
        empty={
          <Empty
            icon={GitBranch}
            title={t('fields.rules.none')}
            hint={t('fields.rules.noneHint')}
          />
        }
      >
        {(rules) => (
          <ul className={styles.list}>
            {rules.map((rule) => (
              <li key={rule.id} style={{ paddingLeft: 12 }}>
                <div className={styles.sentence}>
                  <button type="button" className={styles.name} onClick={() => setEdited(rule)}>
                    {rule.name}
                  </button>
                  <small>{sentence(rule)}</small>
                </div>
                {!rule.active && <Tag>{t('fields.rules.off')}</Tag>}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      {edited && (
        <RulePanel
          object={object}
          fields={fields}
          rule={edited === 'new' ? null : edited}
          close={() => setEdited(null)}
        />
      )}
    </>
  )
}
