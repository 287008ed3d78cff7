import { expect, test } from 'vitest'
import { chosenOf, readChosen } from './approvers'

test('who is asked goes through the list and back', () => {
  const ask = readChosen(['agent:7', 'team:1', 'team:2', 'role:3'], true)
  expect(ask).toEqual({ agent_ids: ['7'], team_id: '2', role_id: '3', all: true })
  expect(chosenOf(ask)).toEqual(['agent:7', 'team:2', 'role:3'])
})

test('nobody is no approval', () => {
  expect(readChosen([], true)).toBeNull()
  expect(chosenOf(null)).toEqual([])
})
