import { expect, describe as group, it } from 'vitest'
import type { Condition, FilterField } from '@/shared/api'
import { describe } from './describe'
import { conditionOf, groupOf, isComplete, leaf, replaced, withOperator } from './tree'

const operator = (id: string, zh: string, en: string, takes: 'none' | 'one' | 'many' | 'span') => ({
  id,
  title: { zh, en },
  takes,
})
const field = (name: string, zh: string, en: string): FilterField => ({
  name,
  kind: 'choice',
  title: { zh, en },
  group: 'ticket',
  of: null,
  choices: [],
  operators: [
    operator('is', '是', 'is', 'one'),
    operator('in', '是其中之一', 'is one of', 'many'),
    operator('empty', '为空', 'is empty', 'none'),
    operator('older_than', '早于…之前', 'is longer ago than', 'span'),
  ],
})
const fields = [field('priority', '优先级', 'Priority'), field('assignee', '处理人', 'Assignee')]
const nameOf = (_: FilterField, value: unknown) => String(value)

const condition: Condition = {
  all: [
    { field: 'priority', op: 'in', value: ['high', 'urgent'] },
    {
      any: [
        { field: 'assignee', op: 'is', value: 'me' },
        { not: { all: [{ field: 'assignee', op: 'empty' }] } },
      ],
    },
  ],
}

group('a condition in the builder', () => {
  it('is written as it was read', () => {
    for (const one of [condition, { not: condition }, { any: [] }, { all: [{ not: condition }] }]) {
      expect(conditionOf(groupOf(one as Condition), fields)).toEqual(
        one === condition || 'not' in one || 'any' in one ? one : { all: [{ not: condition }] },
      )
    }
  })
  it('leaves out what nobody finished', () => {
    const tree = groupOf({ all: [] })
    tree.parts.push(leaf({ field: 'priority', op: 'in', value: [] }), leaf({ field: '', op: '' }))
    expect(conditionOf(tree, fields)).toEqual({ all: [] })
    expect(isComplete({ field: 'priority', op: 'older_than', value: '7d' }, fields)).toBe(true)
    expect(isComplete({ field: 'priority', op: 'older_than', value: 'd' }, fields)).toBe(false)
  })
  it('loses a part wherever it is, and keeps a value that still fits', () => {
    const tree = groupOf(condition)
    const inner = tree.parts[1]
    if (!inner || !('join' in inner)) throw new Error('a group')
    const gone = replaced(tree, inner.parts[0]?.key ?? '', null)
    expect(conditionOf(gone, fields)).toMatchObject({ all: [{}, { any: [{ not: {} }] }] })
    const one = leaf({ field: 'priority', op: 'in', value: ['high'] })
    expect(withOperator(one, 'is', fields).value).toBe('high')
    expect(withOperator(one, 'older_than', fields).value).toBeUndefined()
  })
})

group('a condition as a sentence', () => {
  it('reads in both languages', () => {
    expect(describe(condition, fields, nameOf, 'en')).toBe(
      'Priority is one of high, urgent and (Assignee is me or not (Assignee is empty))',
    )
    expect(describe(condition, fields, nameOf, 'zh-CN')).toBe(
      '优先级 是其中之一 high、urgent，并且（处理人 是 我，或者不满足（处理人 为空））',
    )
    expect(describe({ all: [] }, fields, nameOf, 'zh-CN')).toBe('所有工单')
    const old: Condition = { field: 'priority', op: 'older_than', value: '7d' }
    expect(describe(old, fields, nameOf, 'en')).toBe('Priority is longer ago than 7 days')
  })
})
