import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './VirtualList.module.css'

interface Props<T> {
  items: T[]
  keyOf: (item: T) => string
  rowHeight: number
  label: string
  activeKey?: string | null
  multiple?: boolean
  selected?: (item: T) => boolean
  /** Asked for when the end comes near. */
  onEnd?: () => void
  total?: number
  /** What stands above a row where a group begins; an empty list where there are no groups. */
  headings?: (string | null)[]
  className?: string
  children: (item: T, index: number) => ReactNode
}

/** A listbox that draws only what is seen. Rows are options; the active one is named to screen readers. */
const headingHeight = 32

export function VirtualList<T>(props: Props<T>) {
  const { items, keyOf, rowHeight, activeKey, onEnd, headings = [] } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight + (headings[index] ? headingHeight : 0),
    overscan: 8,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : keyOf(item)
    },
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0

  useEffect(() => {
    if (items.length > 0 && last >= items.length - 12) onEnd?.()
  }, [last, items.length, onEnd])

  const active = activeKey ? items.findIndex((item) => keyOf(item) === activeKey) : -1
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active, { align: 'auto' })
  }, [active, virtual])

  return (
    <div
      ref={scroller}
      className={props.className}
      role="listbox"
      tabIndex={0}
      aria-label={props.label}
      aria-multiselectable={props.multiple}
      aria-activedescendant={active >= 0 && activeKey ? `option-${activeKey}` : undefined}
      style={{ overflowY: 'auto', contain: 'strict', height: '100%' }}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {rows.map((row) => {
          const item = items[row.index]
          if (item === undefined) return null
          const key = keyOf(item)
          const heading = headings[row.index]
          return (
            <div
              key={row.key}
              role="presentation"
              style={{
                position: 'absolute',
                insetInline: 0,
                transform: `translateY(${row.start}px)`,
              }}
            >
              {heading && (
                <div
                  className={styles.heading}
                  style={{ height: headingHeight }}
                  aria-hidden="true"
                >
                  {heading}
                </div>
              )}
              <div
                id={`option-${key}`}
                role="option"
                tabIndex={-1}
                aria-selected={props.selected?.(item) ?? key === activeKey}
                aria-description={heading ?? undefined}
                aria-setsize={props.total ?? items.length}
                aria-posinset={row.index + 1}
                style={{ height: rowHeight }}
              >
                {props.children(item, row.index)}
              </div>
            </div>
          )
        })}
      </div>
    </div>
  )
}
