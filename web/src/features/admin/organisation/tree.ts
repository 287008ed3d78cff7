import type { Unit } from '@/shared/api/admin'

export interface Node {
  unit: Unit
  children: Node[]
}

/** The units as a tree; one whose parent is not there stands at the top, so that nothing is lost. */
export function treeOf(units: Unit[]): Node[] {
  const nodes = new Map(units.map((unit) => [unit.id, { unit, children: [] as Node[] }]))
  const roots: Node[] = []
  for (const node of nodes.values()) {
    const parent = node.unit.parent_id ? nodes.get(node.unit.parent_id) : undefined
    if (parent) parent.children.push(node)
    else roots.push(node)
  }
  const byName = (a: Node, b: Node) => a.unit.name.localeCompare(b.unit.name, 'zh-Hans-CN')
  for (const node of nodes.values()) node.children.sort(byName)
  return roots.sort(byName)
}

export interface Row {
  unit: Unit
  level: number
  hasChildren: boolean
  position: number
  siblings: number
}

/** The tree as lines, top to bottom; what lies below a closed one is left out. */
export function linesOf(nodes: Node[], closed: ReadonlySet<string>, level = 1): Row[] {
  return nodes.flatMap(({ unit, children }, at) => [
    {
      unit,
      level,
      hasChildren: children.length > 0,
      position: at + 1,
      siblings: nodes.length,
    },
    ...(closed.has(unit.id) ? [] : linesOf(children, closed, level + 1)),
  ])
}

/** A unit and everything below it: where it cannot be moved to. */
export function subtree(units: Unit[], id: string): Set<string> {
  const found = new Set([id])
  for (let grew = true; grew; ) {
    grew = false
    for (const unit of units) {
      if (unit.parent_id && found.has(unit.parent_id) && !found.has(unit.id)) {
        found.add(unit.id)
        grew = true
      }
    }
  }
  return found
}

/** Where it hangs, in words: `East › Shanghai`. */
export function pathOf(units: Unit[], id: string | null): string {
  const names: string[] = []
  for (let at = units.find((unit) => unit.id === id); at; ) {
    names.unshift(at.name)
    const parent = at.parent_id
    at = units.find((unit) => unit.id === parent)
    if (names.length > 50) break
  }
  return names.join(' › ')
}
