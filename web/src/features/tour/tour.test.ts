import { expect, test } from 'vitest'
import { beside, kept, resume, steps } from './tour'

const screen = { top: 0, left: 0, width: 1000, height: 700 }
const card = { top: 0, left: 0, width: 320, height: 200 }
const at = (left: number, top: number, width: number, height: number) => ({
  left,
  top,
  width,
  height,
})

test('somebody who comes back goes on where they stopped, on any device', () => {
  expect(resume({})).toBe(0)
  expect(resume({ tour: { step: 3, done: false } })).toBe(3)
  expect(resume({ tour: { step: 3, done: true } })).toBe(0)
})
test('what is kept may be of another release', () => {
  expect(kept({ tour: 'seen' })).toEqual({ step: 0, done: false })
  expect(kept({ tour: { step: steps.length, done: false } }).step).toBe(0)
  expect(kept({ tour: { step: 1.5 } }).step).toBe(0)
})
test('the card lies where there is room, and never over what it speaks of', () => {
  expect(beside(at(0, 100, 300, 500), card, screen)).toMatchObject({ left: 314, top: 100 })
  expect(beside(at(650, 600, 350, 100), card, screen)).toMatchObject({ left: 316, top: 486 })
  expect(beside(at(50, 40, 900, 60), card, screen)).toMatchObject({ left: 50, top: 114 })
  expect(beside(at(50, 400, 900, 290), card, screen)).toMatchObject({ left: 50, top: 186 })
})
test('without room, or without the control, it lies at the lower edge', () => {
  expect(beside(at(0, 0, 1000, 700), card, screen)).toBeNull()
  expect(beside(null, card, screen)).toBeNull()
})
