import type { ReactNode } from 'react'
import styles from './Table.module.css'

export interface Column<T> {
  key: string
  title: string
  /** The heading is only for screen readers. */
  quiet?: boolean
  width?: number | string
  end?: boolean
  cell: (row: T) => ReactNode
}

interface Props<T> {
  label: string
  columns: Column<T>[]
  rows: T[]
  keyOf: (row: T) => string
  /** Rows lead somewhere: the first cell holds the link that covers the row. */
  opens?: boolean
  /** Inside a card, which has the border already. */
  bare?: boolean
}

/** A dense table that turns into a list of cards on a phone. */
export function Table<T>({ label, columns, rows, keyOf, opens = false, bare = false }: Props<T>) {
  return (
    <div className={styles.wrap} data-bare={bare}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                style={{ width: column.width }}
                className={column.end ? styles.end : undefined}
              >
                {column.quiet ? <span className="sr-only">{column.title}</span> : column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-open={opens}>
              {columns.map((column) => {
                const cell = column.cell(row)
                return (
                  <td
                    key={column.key}
                    data-title={column.quiet ? '' : column.title}
                    data-empty={cell === null || cell === ''}
                    className={column.end ? styles.end : undefined}
                  >
                    <div>{cell}</div>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The name in the first cell; a click anywhere on the row is a click on it. */
export function RowButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={styles.name} onClick={onClick}>
      {children}
    </button>
  )
}
export const rowLink = styles.name
/** Buttons of a row lie above the link that covers it. */
export const Above = ({ children }: { children: ReactNode }) => (
  <span className={styles.above}>{children}</span>
)
export function WithIcon({
  icon,
  name,
  note,
}: {
  icon: ReactNode
  name: ReactNode
  note?: ReactNode
}) {
  return (
    <div className={styles.two}>
      {icon}
      <div>
        {name}
        {note && <small>{note}</small>}
      </div>
    </div>
  )
}
export const Small = ({ children }: { children: ReactNode }) => (
  <span className={styles.small}>{children}</span>
)
