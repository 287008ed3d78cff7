import type { offline as zh } from '../zh-CN/offline'

export const offline: typeof zh = {
  waiting: {
    label: 'What waits on this device',
    reply: 'Reply',
    note: 'Internal note',
    change: 'Change',
    state: 'Is handed over as soon as you are online',
    unsure: 'The line broke while it was sent. It is checked as soon as you are online.',
    stale: 'The customer has written meanwhile. Send this reply all the same?',
    changed: 'The ticket has changed meanwhile. Change it like this all the same?',
    refused: 'The server did not take it: {{reason}}',
    anyway: 'Send anyway',
    apply: 'Change anyway',
    again: 'Try again',
    edit: 'Back to the editor',
    discard: 'Discard',
    discardAsk: 'Discard it?',
    fields: {
      status: 'Status',
      priority: 'Priority',
      assignee_id: 'Assignee',
      team_id: 'Team',
      tags: 'Tags',
      subject: 'Subject',
      snoozed_until: 'Snooze',
      other: 'Other fields',
    },
  },
}
