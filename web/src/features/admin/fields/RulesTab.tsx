import { useQuery } from '@tanstack/react-query'
import { GitBranch } from 'lucide-react'
import { type CustomField, type FieldObject, type FieldRule, rulesQuery } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { Tag } from '@/shared/ui'
import { Kept } from './Kept'
import { RulePanel } from './RulePanel'
import { useSentence } from './useSentence'

export function RulesTab({ object }: { object: FieldObject }) {
  const { t } = useTranslation()
  return (
    <Kept
      object={object}
      query={useQuery(rulesQuery(object))}
      add={t('fields.rules.add')}
      empty={{ icon: GitBranch, title: t('fields.rules.none'), hint: t('fields.rules.noneHint') }}
      says={(rule, fields) => <Sentence rule={rule} fields={fields} />}
      marks={({ active }) => !active && <Tag>{t('fields.rules.off')}</Tag>}
      panel={(rule, fields, close) => (
        <RulePanel object={object} fields={fields} rule={rule} close={close} />
      )}
    />
  )
}

function Sentence({ rule, fields }: { rule: FieldRule; fields: CustomField[] }) {
  const { sentence } = useSentence(fields)
  return sentence(rule)
}
