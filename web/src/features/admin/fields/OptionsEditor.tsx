import { Button, Input } from 'antd'
import { CornerDownRight, Plus, X } from 'lucide-react'
import type { FieldOption } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import styles from './fields.module.css'

interface Props {
  value?: FieldOption[]
  onChange?: (options: FieldOption[]) => void
  tree: boolean
}

/** Options with an id that stays and names that may change; of a tree with what lies below. */
export function OptionsEditor({ value = [], onChange, tree }: Props) {
  const { t } = useTranslation()
  const set = (place: number, option: FieldOption) =>
    onChange?.(value.map((one, at) => (at === place ? option : one)))
  return (
    <div className={styles.options}>
      {value.map((option, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an id is typed here, so it is no key yet
        <div key={place} className={styles.options}>
          <div className={styles.option}>
            <Input
              aria-label={t('fields.admin.nameZh')}
              placeholder={t('fields.admin.nameZh')}
              value={option.name?.zh ?? ''}
              onChange={(event) =>
                set(place, { ...option, name: { ...option.name, zh: event.target.value } })
              }
            />
            <Input
              aria-label={t('fields.admin.nameEn')}
              placeholder={t('fields.admin.nameEn')}
              value={option.name?.en ?? ''}
              onChange={(event) =>
                set(place, { ...option, name: { ...option.name, en: event.target.value } })
              }
            />
            <Input
              aria-label={t('fields.admin.optionId')}
              placeholder={t('fields.admin.optionId')}
              value={option.id}
              onChange={(event) => set(place, { ...option, id: event.target.value })}
            />
            <span>
              {tree && (
                <IconButton
                  icon={CornerDownRight}
                  label={t('fields.admin.addChild')}
                  onClick={() =>
                    set(place, {
                      ...option,
                      children: [...(option.children ?? []), next(option.children ?? [])],
                    })
                  }
                />
              )}
              <IconButton
                icon={X}
                label={t('fields.remove', {
                  name: option.name?.zh || option.name?.en || option.id,
                })}
                onClick={() => onChange?.(value.filter((_, at) => at !== place))}
              />
            </span>
          </div>
          {(option.children?.length ?? 0) > 0 && (
            <div className={styles.below}>
              <OptionsEditor
                tree
                value={option.children}
                onChange={(children) => set(place, { ...option, children })}
              />
            </div>
          )}
        </div>
      ))}
      <span>
        <Button
          size="small"
          icon={<Plus size={14} />}
          onClick={() => onChange?.([...value, next(value)])}
        >
          {t('fields.admin.addOption')}
        </Button>
      </span>
    </div>
  )
}

/** A new option under the first id that is free. */
function next(options: readonly FieldOption[]): FieldOption {
  const taken = new Set(options.map(({ id }) => id))
  let number = options.length + 1
  while (taken.has(`o${number}`)) number += 1
  return { id: `o${number}`, name: { zh: '', en: '' }, active: true, children: [] }
}
