import { expect, test } from 'vitest'
import { familiesOf, pretty } from './events'

test('types are gathered by family', () => {
  expect(familiesOf(['ticket.updated', 'message.received', 'ticket.created'])).toEqual([
    { family: 'message', types: ['message.received'] },
    { family: 'ticket', types: ['ticket.created', 'ticket.updated'] },
  ])
})
test('an answer that is no JSON is shown as it came', () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}')
  expect(pretty('<html>')).toBe('<html>')
})
