import type { push as zh } from '../zh-CN/push'

export const push: typeof zh = {
  push: {
    title: 'Push notifications',
    hint: 'Be told when Yizhan is not open. The push service of your browser carries it and cannot read it.',
    here: 'Push to this device',
    on: 'On. It ends when you sign out.',
    off: 'Off.',
    why: {
      insecure: 'Push needs Yizhan to be reached by https. Ask your administrator.',
      unsupported: 'This browser cannot be woken. A recent Chrome, Edge, Firefox or Safari can.',
      install:
        'On iPhone and iPad, put Yizhan on the home screen first: tap Share, choose Add to Home Screen, then open it there and come back here.',
      denied:
        'This browser blocks notifications of Yizhan. Allow them in its site settings, then come back here.',
      notGiven: 'You did not allow notifications, so it stays off.',
    },
    test: 'Send a test push',
    tested: 'Handed to the push service. It should be here in seconds.',
    kinds: 'When to push',
    kind: {
      mention: 'Somebody mentions me',
      assigned: 'A ticket is assigned to me',
      reply: 'A customer replies to what I own or watch',
      sla: 'A promise is at risk',
      rating: 'A customer was not satisfied',
      reminder: 'My reminders',
      task: 'A checklist item is given to me',
      task_due: 'A checklist item is due',
      approval: 'Somebody asks for my approval',
      approved: 'What I asked for was approved',
      declined: 'What I asked for was declined',
      mood: 'A customer is upset',
      skill: 'An AI skill lost a level',
      skill_earned: 'An AI skill earned a level',
      lab: 'A nightly run of the lab went worse',
    },
    preview: 'Show what was written',
    previewHint:
      'When off, a push says the number of the ticket and what happened, and none of the words. Others can read your lock screen.',
    quiet: 'Quiet hours',
    quietHint: 'Nothing is pushed then; it waits in the list.',
    quietZone: 'In {{zone}} time. Nothing is pushed then; it waits in the list.',
    from: 'From',
    until: 'Until',
    devices: 'Devices that are pushed to',
    last: 'Last push',
    never: 'Not yet',
    failed: 'Failed: {{code}}',
    remove: 'Remove',
    removed: 'Removed',
  },
}
