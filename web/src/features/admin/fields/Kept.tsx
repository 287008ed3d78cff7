import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type LucideIcon, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type CustomField, type FieldObject, fieldsQuery } from '@/shared/api/fields'
import { QueryView } from '@/shared/page'
import { Empty } from '@/shared/ui'
import styles from './fields.module.css'

interface Item {
  id: string
  name: string
}

interface Props<T extends Item> {
  object: FieldObject
  query: Parameters<typeof QueryView<T[]>>[0]['query']
  add: string
  empty: { icon: LucideIcon; title: string; hint: string }
  /** What it does, under its name. */
  says: (item: T, fields: CustomField[]) => ReactNode
  /** At the end of its line. */
  marks: (item: T) => ReactNode
  panel: (edited: T | null, fields: CustomField[], close: () => void) => ReactNode
}

/** What is made of an object's fields: forms, rules. Each opens by its name. */
export function Kept<T extends Item>({ object, query, add, empty, says, marks, panel }: Props<T>) {
  const { data: fields = [] } = useQuery(fieldsQuery(object))
  const [edited, setEdited] = useState<T | 'new' | null>(null)
  return (
    <>
      <div className={styles.tabs}>
        <Button
          type="primary"
          icon={<Plus size={15} />}
          disabled={fields.length === 0}
          onClick={() => setEdited('new')}
        >
          {add}
        </Button>
      </div>
      <QueryView query={query}>
        {(items) =>
          items.length === 0 ? (
            <Empty {...empty} />
          ) : (
            <ul className={styles.list}>
              {items.map((item) => (
                <li key={item.id} style={{ paddingLeft: 12 }}>
                  <div className={styles.sentence}>
                    <button type="button" className={styles.name} onClick={() => setEdited(item)}>
                      {item.name}
                    </button>
                    <small>{says(item, fields)}</small>
                  </div>
                  {marks(item)}
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      {edited && panel(edited === 'new' ? null : edited, fields, () => setEdited(null))}
    </>
  )
}
