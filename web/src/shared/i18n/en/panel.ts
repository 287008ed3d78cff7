import type { Words } from '../plural'
import type { panel as zh } from '../zh-CN/panel'

export const panel: Words<typeof zh> = {
  panel: {
    title: 'From other systems',
    refresh: 'Ask “{{name}}” again',
    late: 'Still asking…',
    noAnswer: 'No answer.',
    stale: 'An old answer; there is no newer one.',
    staleAsking: 'An old answer; asking for a newer one…',
    resting: 'This system failed too often and is left alone for a while.',
    unknown: 'This customer is not known there.',
    unproven: 'Looked up by an address that nobody has proven: it may belong to somebody else.',
    noRows: 'None',
    more: '{{count}} more there',
    more_one: '{{count}} more there',
    masked: 'hidden for your role',
    lacks: 'Not known of this customer: {{names}}',
    newTab: 'opens in a new tab',
    errors: {
      nothing_to_ask: 'Nothing is known of this customer by which that system could find them.',
      timeout: 'It did not answer in time.',
      unreachable: 'It cannot be reached.',
      refused: 'Its address is not allowed.',
      status: 'It answered with an error.',
      unreadable: 'Its answer cannot be read.',
      too_large: 'Its answer is too large.',
      redirected: 'It points elsewhere, which is not followed.',
      broken: 'The source is not set up properly.',
    },
  },
}
