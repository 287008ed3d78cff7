import type { Words } from '../plural'
import type { assignment as zh } from '../zh-CN/assignment'

export const assignment: Words<typeof zh> = {
  assignment: {
    lead: 'Who can do what and when, what tickets need, and how teams give them out. Where nobody fits, a ticket waits and says why.',
    tabs: {
      skills: 'Skills',
      people: 'People',
      rules: 'Needs',
      teams: 'Teams',
      weights: 'Channel points',
    },
    comma: ', ',
    skill: 'Skill',
    level: 'level',
    atLeast: 'at least',
    strict: 'how strictly',
    required: 'Required',
    preferred: 'Preferred',
    channel: 'Channel',
    addSkill: 'Add a skill',
    removeSkill: 'Remove the skill',
    skills: {
      add: 'New skill',
      empty: 'No skill yet',
      emptyHint:
        'A skill is what not everybody can do: approve refunds, speak French, update firmware.',
      agents: 'Agents',
      rules: 'Rules',
      description: 'Description',
      removeTitle: 'Delete the skill “{{name}}”?',
      removeHint: 'Every agent loses it. A skill that a rule asks for cannot be deleted.',
    },
    people: { search: 'Find by name or e-mail', teams: 'Teams' },
    profile: {
      open: 'Skills and shifts',
      title: '{{name}}: skills and shifts',
      onShift: 'On shift',
      offShift: 'Off shift',
      onLeave: 'On leave',
      until: 'until',
      skillsHint: '1 learns it, 5 teaches it.',
      languages: 'Languages',
      languagesHint: 'Where a team goes by language, only who speaks the customer’s fits.',
      shifts: 'Shifts',
      shiftsHint:
        'Without any they get work whenever they are online. An end before its beginning goes over midnight.',
      zoneOfWorkspace: 'The workspace’s time zone',
      limits: 'Limits by channel',
      limitsHint: 'Within the capacity, at most so many tickets of the channel at once.',
      most: 'at most',
      addLimit: 'Add a limit',
      removeLimit: 'Remove the limit',
    },
    leave: {
      title: 'Leave',
      hint: 'On the agent’s own clock; within it nothing is given out to them, even online. Kept at once.',
      note: 'Note',
      add: 'Add',
      remove: 'Take the leave back',
    },
    rules: {
      add: 'New rule',
      empty: 'No rule yet',
      emptyHint:
        'A rule says which tickets need which skills. Without one everybody of a team fits.',
      skillsFirst: 'Make a skill first.',
      off: 'Off',
      active: 'On',
      broken: 'Broken',
      brokenHint: 'The condition can no longer be asked: {{reason}}',
      condition: 'Holds for',
      needs: 'Skills that are needed',
      needsHint:
        'All rules that hold count together: the highest level, and required before preferred.',
      removeTitle: 'Delete the rule “{{name}}”?',
      removeHint: 'What waits is looked at again at once.',
    },
    team: {
      manual:
        'This team assigns by hand. These settings hold once it gives out in turn, and for the action “next in turn”.',
      sticky: 'Same agent again',
      stickyHint:
        'The customer’s last agent comes first if it was within so many days and they have room; 0: never.',
      days: 'days',
      minutes: 'minutes',
      language: 'The customer’s language',
      languages: { ignored: 'Ignored', preferred: 'Preferred', required: 'Required' },
      languageHints: {
        ignored: 'Everybody may have it.',
        preferred: 'Waits for who speaks it, then goes to anybody.',
        required: 'Goes only to who speaks it, however long that takes.',
      },
      preferred: 'Wait for preferred skills and language',
      preferredHint:
        'After that they are no longer needed, but still come first; 0: never wait for them.',
      lower: 'Then lower required levels by one',
      lowerHint:
        'Counted from when it began to wait. Empty: never. Each step is noted on the ticket.',
      never: 'Never',
    },
    weights: {
      lead: 'What a ticket takes of an agent’s capacity. A chat asks for more attention than a mail, so it may cost more.',
      points: 'Points',
    },
  },
}
