import { Button, Select } from 'antd'
import { FolderPlus, Plus, X } from 'lucide-react'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { TestRow } from './TestRow'
import { type AskedField, emptyGroup, type Group, isGroup, leaf, type Part, replaced } from './tree'
import styles from './views.module.css'

interface Props {
  group: Group
  fields: AskedField[]
  change: (group: Group) => void
  remove?: () => void
  depth: number
  deepest: number
}

/** Tests that hold all or any, or a group of which the opposite is meant. */
export function GroupEditor({ group, fields, change, remove, depth, deepest }: Props) {
  const { t } = useTranslation()
  const mode = group.negated ? (group.join === 'all' ? 'notAll' : 'none') : group.join
  const put = (key: string, next: Part | null) => change(replaced(group, key, next))
  const add = (part: Part) => change({ ...group, parts: [...group.parts, part] })
  return (
    <fieldset className={styles.group} data-depth={depth % 2}>
      <legend className="sr-only">{t('viewEdit.group')}</legend>
      <div className={styles.groupHead}>
        <Select
          size="small"
          variant="filled"
          aria-label={t('viewEdit.join')}
          value={mode}
          popupMatchSelectWidth={false}
          onChange={(next) =>
            change({
              ...group,
              join: next === 'all' || next === 'notAll' ? 'all' : 'any',
              negated: next === 'none' || next === 'notAll',
            })
          }
          options={(['all', 'any', 'none', 'notAll'] as const).map((value) => ({
            value,
            label: t(`viewEdit.joins.${value}`),
          }))}
        />
        {remove && (
          <IconButton icon={X} size="small" label={t('viewEdit.removeGroup')} onClick={remove} />
        )}
      </div>
      {group.parts.map((part) =>
        isGroup(part) ? (
          <GroupEditor
            key={part.key}
            group={part}
            fields={fields}
            depth={depth + 1}
            deepest={deepest}
            change={(next) => put(part.key, next)}
            remove={() => put(part.key, null)}
          />
        ) : (
          <TestRow
            key={part.key}
            test={part}
            fields={fields}
            change={(next) => put(part.key, next)}
            remove={() => put(part.key, null)}
          />
        ),
      )}
      <div className={styles.groupFoot}>
        <Button
          size="small"
          type="text"
          icon={<Plus size={14} aria-hidden="true" />}
          onClick={() => add(leaf({ field: '', op: '' }))}
        >
          {t('viewEdit.addTest')}
        </Button>
        {depth < deepest && (
          <Button
            size="small"
            type="text"
            icon={<FolderPlus size={14} aria-hidden="true" />}
            onClick={() => add({ ...emptyGroup('any'), parts: [leaf({ field: '', op: '' })] })}
          >
            {t('viewEdit.addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
