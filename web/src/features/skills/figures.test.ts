import { expect, test } from 'vitest'
import type { SkillStanding } from '@/shared/api/skills'
import { open, total } from './figures'

const standing: SkillStanding = {
  intent: '',
  title: {},
  level: 'suggest',
  since: null,
  why: '',
  judged: 10,
  right: 7,
  low: 0.4,
  high: 0.9,
  missing: { level: 'approve', results: 20, share: 0.8, low: 0.4, allowed: false, evaluated: true },
}

test('it says what is missing to the next level, and nothing at the top', () => {
  expect(open(standing)).toEqual(['results', 'share', 'allowed'])
  const fresh = { ...standing, judged: 0 }
  expect(open(fresh)).toEqual(['results', 'allowed'])
  expect(open({ ...standing, missing: null })).toEqual([])
})

test('results of all intents add up', () => {
  expect(total([standing, { ...standing, right: 1, judged: 2 }])).toEqual({ right: 8, judged: 12 })
})
