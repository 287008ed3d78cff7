import { expect, test } from 'vitest'
import type { CustomField } from '@/shared/api/fields'
import { choicesOf, readValue, wordOf } from './values'

const field = (more: Partial<CustomField>): CustomField => ({
  id: '1',
  object: 'ticket',
  key: 'k',
  type: 'text',
  name: { zh: '种类', en: '' },
  help: {},
  initial: null,
  required: false,
  config: {},
  options: [],
  see_roles: [],
  edit_roles: [],
  customer: 'none',
  indexed: false,
  position: 1,
  active: true,
  editable: true,
  ...more,
})
const how = { locale: 'en' as const, zone: 'UTC', yes: 'Yes', no: 'No', empty: '—' }

test('a name in one language serves both', () => {
  expect(wordOf({ zh: '种类', en: '' }, 'en')).toBe('种类')
})

test('a tree offers its leaves with the whole path, without closed branches', () => {
  const tree = field({
    type: 'tree',
    config: { leaf_only: true },
    options: [
      { id: 'hw', name: { en: 'Hardware' }, children: [{ id: 'p', name: { en: 'Printer' } }] },
      { id: 'old', active: false, children: [{ id: 'fax' }] },
    ],
  })
  expect(choicesOf(tree, 'en')).toEqual([{ value: 'hw/p', label: 'Hardware / Printer' }])
  expect(choicesOf(tree, 'en', null, ['old/fax']).map((one) => one.value)).toContain('old/fax')
})

test('rules leave only some options; what is stored stays readable', () => {
  const choice = field({ type: 'choice', options: [{ id: 'a' }, { id: 'b' }] })
  expect(choicesOf(choice, 'en', ['b']).map((one) => one.value)).toEqual(['b'])
  expect(readValue(choice, 'a', how)).toBe('a')
})

test('values are read as people write them', () => {
  expect(readValue(field({}), null, how)).toBe('—')
  expect(readValue(field({ type: 'checkbox' }), false, how)).toBe('No')
  expect(readValue(field({ type: 'money' }), { amount: '12.50', currency: 'CNY' }, how)).toBe(
    '12.50 CNY',
  )
  expect(readValue(field({ type: 'datetime' }), '2026-11-22T10:00:00Z', how)).toContain('2026')
})
