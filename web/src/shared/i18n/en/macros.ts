import type { macros as zh } from '../zh-CN/macros'

export const macros: typeof zh = {
  macros: {
    title: 'Canned replies and macros',
    none: 'No canned reply matches',
    acts: 'Runs actions',
    files: 'Brings files',
    noText: 'Only runs actions, inserts no text',
    nothing: 'like that already',
    applied: '“{{title}}” applied',
    undo: 'Undo',
    undone: 'Undone',
    missing: 'Variables without a value: {{names}}',
    changeSets: 'Actions that can be undone',
  },
  bulk: {
    title: 'Bulk work',
    macro: 'Macro',
    noMacro: 'No macro with actions',
    start: 'Start',
    sure: '“{{what}}” on {{count}} tickets?',
    notAllowed: 'You may not change {{count}} tickets at once; narrow the selection.',
    counts: '{{done}} of {{total}} done',
    skipped: '{{count}} skipped',
    failed: '{{count}} failed',
    state: {
      run: { running: 'Working', over: 'Finished' },
      undo: { running: 'Undoing', over: 'Undone' },
    },
    reasons: {
      nothing_to_do: 'Like that already',
      ticket_closed: 'The ticket is closed',
      ticket_not_found: 'Not yours to see',
      forbidden: 'Not allowed',
      transition_refused: 'The status cannot go there',
      cancelled: 'Cancelled',
      actor_gone: 'Whoever started it may no longer',
      cannot_be_undone: 'Cannot be taken back',
      internal_error: 'Error',
    },
  },
}
