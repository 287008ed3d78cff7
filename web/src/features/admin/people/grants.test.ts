import { expect, test } from 'vitest'
import { familyOf, grantsOf, matrixOf } from './grants'

const permissions = ['ticket:read', 'team:manage'].map((permission) => ({
  permission,
  title: {},
  scopes: ['all' as const, 'team' as const],
}))

test('the star of an administrator gives every line', () => {
  expect(Object.keys(matrixOf([{ permission: '*', scope: 'all' }], permissions))).toEqual([
    'ticket:read',
    'team:manage',
  ])
})
test('of several grants the widest counts', () => {
  const matrix = matrixOf(
    [
      { permission: 'ticket:read', scope: 'team' },
      { permission: 'ticket:read', scope: 'all' },
      { permission: 'ticket:read', scope: 'own' },
    ],
    permissions,
  )
  expect(matrix['ticket:read']?.scope).toBe('all')
})
test('what is taken away is not sent, a unit is kept', () => {
  expect(
    grantsOf({ 'ticket:read': undefined, 'team:manage': { scope: 'unit', unit_id: '7' } }),
  ).toEqual([{ permission: 'team:manage', scope: 'unit', unit_id: '7' }])
})
test('a permission that is new to this program lands with the administrators', () => {
  expect(familyOf('galaxy:manage')).toBe('admin')
})
