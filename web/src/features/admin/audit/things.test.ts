import { describe, expect, it } from 'vitest'
import { placeOf, shortId } from './things'

const id = '382969788248358912'

describe('things of the log', () => {
  it('without a name are told apart by the end of their ids', () => {
    expect(shortId(id)).toBe('…358912')
    expect(shortId('42')).toBe('42')
  })
  it('lead to their page', () => {
    expect(placeOf('ticket.created', { kind: 'ticket', id }, {})).toEqual({
      to: '/inbox',
      search: { view: 'all', ticket: id },
    })
    expect(placeOf('role.changed', { kind: 'role', id }, {})).toEqual({
      to: '/admin/roles/$id',
      params: { id },
    })
    expect(placeOf('team.changed', { kind: 'team', id }, {})).toEqual({ to: '/admin/teams' })
  })
  it('a message leads to its ticket', () => {
    expect(placeOf('message.queued', { kind: 'message', id: '9' }, { ticket_id: id })).toEqual({
      to: '/inbox',
      search: { view: 'all', ticket: id },
    })
  })
  it('what is gone leads nowhere', () => {
    expect(placeOf('role.deleted', { kind: 'role', id }, {})).toBeNull()
    expect(placeOf('session.ended', { kind: 'session', id }, {})).toBeNull()
  })
})
