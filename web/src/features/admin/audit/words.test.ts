import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { admin } from '@/shared/i18n/zh-CN/admin'

const types = [
  ...readFileSync(
    new URL('../../../../../docs/reference/events.md', import.meta.url),
    'utf8',
  ).matchAll(/^\| `([a-z_.]+)` \|/gm),
].map(([, type = '']) => type)

it('has words for all that can happen, and for what it is about', () => {
  const { actions, areas } = admin.admin.audit
  expect(types.length).toBeGreaterThan(100)
  expect(types.filter((type) => !(type in actions))).toEqual([])
  expect(types.map((type) => type.split('.')[0] ?? '').filter((area) => !(area in areas))).toEqual(
    [],
  )
})
