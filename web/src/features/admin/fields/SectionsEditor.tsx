import { Button, Input, Select } from 'antd'
import { ChevronDown, ChevronUp, Plus, X } from 'lucide-react'
import { wordOf } from '@/features/fields'
import type { CustomField, FormSection } from '@/shared/api/fields'
import { useLocale, useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import styles from './fields.module.css'
import { moved } from './order'

interface Props {
  value?: FormSection[]
  onChange?: (sections: FormSection[]) => void
  fields: CustomField[]
}

/** Sections of a form with their fields, each field in at most one of them. */
export function SectionsEditor({ value = [], onChange, fields }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const used = new Set(value.flatMap((section) => section.fields ?? []))
  const free = fields.filter(({ key }) => !used.has(key))
  const name = (key: string) => {
    const field = fields.find((one) => one.key === key)
    return field ? wordOf(field.name, locale, key) : key
  }
  const set = (place: number, section: FormSection) =>
    onChange?.(value.map((one, at) => (at === place ? section : one)))
  return (
    <div className={styles.options}>
      {value.map((section, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections have no identity of their own
        <div key={place} className={styles.section}>
          <div className={styles.line}>
            {(['zh', 'en'] as const).map((language) => (
              <Input
                key={language}
                size="small"
                aria-label={`${t('fields.forms.sectionTitle')} (${language})`}
                placeholder={`${t('fields.forms.sectionTitle')} (${language})`}
                value={section.title?.[language] ?? ''}
                onChange={(event) =>
                  set(place, {
                    ...section,
                    title: { ...section.title, [language]: event.target.value },
                  })
                }
              />
            ))}
            {value.length > 1 && (
              <IconButton
                icon={X}
                label={t('fields.forms.removeSection')}
                onClick={() => onChange?.(value.filter((_, at) => at !== place))}
              />
            )}
          </div>
          <Keys
            keys={section.fields ?? []}
            name={name}
            change={(keys) => set(place, { ...section, fields: keys })}
          />
          {free.length > 0 && (
            <Select
              size="small"
              aria-label={t('fields.forms.addField')}
              placeholder={t('fields.forms.addField')}
              value={null}
              options={free.map(({ key }) => ({ value: key, label: name(key) }))}
              onChange={(key: string | null) => {
                if (key) set(place, { ...section, fields: [...(section.fields ?? []), key] })
              }}
            />
          )}
        </div>
      ))}
      <span>
        <Button
          size="small"
          icon={<Plus size={14} />}
          onClick={() => onChange?.([...value, { title: { zh: '', en: '' }, fields: [] }])}
        >
          {t('fields.forms.addSection')}
        </Button>
      </span>
    </div>
  )
}

interface KeysProps {
  keys: readonly string[]
  name: (key: string) => string
  change: (keys: string[]) => void
}

function Keys({ keys, name, change }: KeysProps) {
  const { t } = useTranslation()
  return keys.map((key, at) => (
    <div key={key} className={styles.line}>
      <span>{name(key)}</span>
      <IconButton
        icon={ChevronUp}
        label={t('fields.forms.up', { name: name(key) })}
        disabled={at === 0}
        onClick={() => change(moved(keys, at, at - 1))}
      />
      <IconButton
        icon={ChevronDown}
        label={t('fields.forms.down', { name: name(key) })}
        disabled={at === keys.length - 1}
        onClick={() => change(moved(keys, at, at + 1))}
      />
      <IconButton
        icon={X}
        label={t('fields.remove', { name: name(key) })}
        onClick={() => change(keys.filter((other) => other !== key))}
      />
    </div>
  ))
}
