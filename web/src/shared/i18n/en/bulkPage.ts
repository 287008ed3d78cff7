import type { bulkPage as zh } from '../zh-CN/bulkPage'

export const bulkPage: typeof zh = {
  bulkPage: {
    lead: 'Work on many tickets that runs or has ended: how far it is, cancel, undo, what became of each.',
    none: 'No bulk work yet',
    noneHint: 'Select several tickets in a list to change them together.',
    what: 'What',
    progress: 'Progress',
    who: 'Started by',
    at: 'When',
    act: 'Act',
    cancelOne: 'Cancel “{{name}}”',
    undoOne: 'Undo “{{name}}”',
    states: {
      run: { queued: 'Waiting', running: 'Running', done: 'Finished', cancelled: 'Cancelled' },
      undo: {
        queued: 'Undo waits',
        running: 'Undoing',
        done: 'An undo',
        cancelled: 'Undo cancelled',
      },
    },
    items: { all: 'All', waiting: 'Waiting', done: 'Done', skipped: 'Skipped', failed: 'Failed' },
    noItems: 'No such tickets',
    more: 'Load more',
    all: 'All bulk work',
  },
}
