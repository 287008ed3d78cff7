import { TreeSelect } from 'antd'
import type { Unit } from '@/shared/api/admin'
import { matchesName } from '@/shared/format'
import { type Node, subtree, treeOf } from '../organisation/tree'

interface Props {
  id?: string
  value?: string | null
  onChange?: (id: string | null) => void
  units: Unit[]
  /** This unit and what lies below it cannot be chosen. */
  without?: string
  clearable?: boolean
  placeholder?: string
}

export function UnitPicker({ units, without, clearable, value, onChange, ...rest }: Props) {
  const barred = without ? subtree(units, without) : new Set<string>()
  const data = (nodes: Node[]): { value: string; title: string; children: object[] }[] =>
    nodes
      .filter(({ unit }) => !barred.has(unit.id))
      .map(({ unit, children }) => ({
        value: unit.id,
        title: unit.name,
        children: data(children),
      }))
  return (
    <TreeSelect
      treeData={data(treeOf(units))}
      treeDefaultExpandAll
      style={{ width: '100%' }}
      showSearch={{ filterTreeNode: (typed, node) => matchesName(String(node.title), typed) }}
      allowClear={clearable}
      value={value ?? undefined}
      onChange={(id: string | undefined) => onChange?.(id ?? null)}
      {...rest}
    />
  )
}
