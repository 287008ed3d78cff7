/** All keys, as the help shows them. */
export const shortcuts = {
  global: [
    { name: 'palette', stroke: '$mod+k' },
    { name: 'help', stroke: '?' },
    { name: 'newTicket', stroke: 'c' },
    { name: 'goInbox', stroke: 'g i' },
    { name: 'goCustomers', stroke: 'g c' },
    { name: 'goKnowledge', stroke: 'g k' },
    { name: 'goReports', stroke: 'g r' },
    { name: 'goAdmin', stroke: 'g a' },
  ],
  list: [
    { name: 'next', stroke: 'j' },
    { name: 'previous', stroke: 'k' },
    { name: 'open', stroke: 'Enter' },
    { name: 'select', stroke: 'x' },
    { name: 'search', stroke: '/' },
    { name: 'back', stroke: 'u' },
  ],
  ticket: [
    { name: 'reply', stroke: 'r' },
    { name: 'note', stroke: 'n' },
    { name: 'assign', stroke: 'a' },
    { name: 'take', stroke: 'i' },
    { name: 'status', stroke: 's' },
    { name: 'priority', stroke: 'p' },
    { name: 'tags', stroke: 't' },
    { name: 'snooze', stroke: 'h' },
    { name: 'resolve', stroke: 'e' },
    { name: 'panel', stroke: ']' },
    { name: 'undo', stroke: 'z' },
  ],
  editor: [
    { name: 'send', stroke: '$mod+Enter' },
    { name: 'toggleMode', stroke: '$mod+Shift+m' },
    { name: 'leaveEditor', stroke: 'Escape' },
  ],
} as const
