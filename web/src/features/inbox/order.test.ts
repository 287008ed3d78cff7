import { describe, expect, it } from 'vitest'
import { ahead, heldOrder, neighbour } from './order'

const rows = (...ids: string[]) => ids.map((id) => ({ id }))

describe('a list under the pointer', () => {
  it('keeps its order while news waits, and counts it', () => {
    const { rows: shown, waiting } = heldOrder(['1', '2', '3'], rows('9', '3', '1', '2'))
    expect(shown.map((row) => row.id)).toEqual(['1', '2', '3'])
    expect(waiting).toBe(1)
  })
  it('drops what went away, and takes what was loaded below', () => {
    const { rows: shown, waiting } = heldOrder(['1', '2', '3'], rows('1', '3', '4', '5'))
    expect(shown.map((row) => row.id)).toEqual(['1', '3', '4', '5'])
    expect(waiting).toBe(0)
  })
})

describe('moving by keys', () => {
  it('starts at the top and ends at the ends', () => {
    expect(neighbour(rows('1', '2'), undefined, 1)?.id).toBe('1')
    expect(neighbour(rows('1', '2'), '1', 1)?.id).toBe('2')
    expect(neighbour(rows('1', '2'), '2', 1)).toBeUndefined()
  })
})

describe('what is fetched ahead', () => {
  it('is what comes next, nearest first, and one step back', () => {
    expect(ahead(rows('1', '2', '3', '4', '5', '6'), '2')).toEqual(['3', '4', '5', '1'])
    expect(ahead(rows('1', '2'), '2')).toEqual(['1'])
  })
  it('is the top of a list in which nothing was opened yet', () => {
    expect(ahead(rows('1', '2', '3', '4'), undefined)).toEqual(['1', '2', '3'])
  })
})
