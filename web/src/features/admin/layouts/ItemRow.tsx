import { GripVertical, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from '@/shared/i18n'
import { IconButton, Tag } from '@/shared/ui'
import styles from './layouts.module.css'

interface Props {
  name: string
  item: string
  needed: boolean
  /** Was moved last: the focus goes along, also into another group. */
  held: boolean
  dragging: boolean
  grab: () => void
  release: () => void
  drop: () => void
  press: (key: string) => void
  remove: () => void
}
const kinds: Record<string, 'field' | 'part'> = { field: 'field', part: 'part' }

/** One thing of a layout, with the handle that moves it. */
export function ItemRow({ name, item, needed, held, dragging, ...on }: Props) {
  const { t } = useTranslation()
  const handle = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (held) handle.current?.focus()
  }, [held])
  const kind = kinds[item.split('.')[0] ?? '']
  return (
    <li
      onDragOver={(event) => dragging && event.preventDefault()}
      onDrop={(event) => {
        event.stopPropagation()
        on.drop()
      }}
    >
      <button
        ref={handle}
        type="button"
        className={styles.handle}
        draggable
        aria-label={t('layouts.moveItem', { name })}
        onDragStart={on.grab}
        onDragEnd={on.release}
        onKeyDown={(event) => {
          if (event.key === 'Delete' && !needed) on.remove()
          else if (!event.key.startsWith('Arrow')) return
          else on.press(event.key)
          event.preventDefault()
        }}
      >
        <GripVertical size={15} aria-hidden="true" />
      </button>
      <span className={styles.name}>{name}</span>
      {kind && <Tag>{t(`layouts.kinds.${kind}`)}</Tag>}
      {needed ? (
        <Tag tone="info" title={t('layouts.neededHint')}>
          {t('layouts.needed')}
        </Tag>
      ) : (
        <IconButton icon={X} label={t('layouts.removeItem', { name })} onClick={on.remove} />
      )}
    </li>
  )
}
