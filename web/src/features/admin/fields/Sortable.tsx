import { GripVertical } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from '@/shared/i18n'
import styles from './fields.module.css'
import { moved } from './order'

interface Props<T> {
  items: T[]
  keyOf: (item: T) => string
  nameOf: (item: T) => string
  order: (items: T[]) => void
  disabled?: boolean
  children: (item: T) => ReactNode
}

/** A list in an order of one's own: dragged by its handle, or moved with the arrow keys on it. */
export function Sortable<T>({ items, keyOf, nameOf, order, disabled, children }: Props<T>) {
  const { t } = useTranslation()
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const [said, setSaid] = useState('')

  function move(from: number, to: number) {
    const item = items[from]
    if (!item || to < 0 || to >= items.length || from === to) return
    order(moved(items, from, to))
    setSaid(t('fields.admin.moved', { name: nameOf(item), place: to + 1 }))
  }
  function drop(to: number) {
    if (dragged !== null) move(dragged, to)
    setDragged(null)
    setOver(null)
  }
  return (
    <>
      <ul className={styles.list}>
        {items.map((item, place) => (
          <li
            key={keyOf(item)}
            data-over={over === place && dragged !== place}
            onDragOver={(event) => {
              if (dragged === null) return
              event.preventDefault()
              setOver(place)
            }}
            onDrop={() => drop(place)}
          >
            <button
              type="button"
              className={styles.handle}
              draggable={!disabled}
              disabled={disabled}
              aria-label={t('fields.admin.move', { name: nameOf(item) })}
              onDragStart={() => setDragged(place)}
              onDragEnd={() => {
                setDragged(null)
                setOver(null)
              }}
              onKeyDown={(event) => {
                const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
                if (!step) return
                event.preventDefault()
                move(place, place + step)
              }}
            >
              <GripVertical size={15} aria-hidden="true" />
            </button>
            {children(item)}
          </li>
        ))}
      </ul>
      <span className="sr-only" role="status">
        {said}
      </span>
    </>
  )
}
