import type { Words } from '../plural'
import type { setup as zh } from '../zh-CN/setup'

export const setup: Words<typeof zh> = {
  setup: {
    title: 'Minutes to your first answer',
    lead: 'Leave at any time; it goes on where you stopped.',
    progress: '{{done}} of {{total}} done',
    stepDone: 'Done',
    later: 'Later; show me the inbox',
    skip: 'Skip for now',
    next: 'Next',
    steps: {
      brand: 'Name and brand',
      email: 'Connect mail',
      chat: 'Web chat',
      team: 'Invite colleagues',
      practice: 'Practice ticket',
    },
    brand: {
      title: 'First things first',
      lead: 'Colleagues and customers see this. All of it can be changed later.',
      workspace: 'Name of the company or workspace',
      name: 'Brand',
      nameHint: 'What customers read in mails and chats.',
      color: 'Brand colour',
    },
    email: {
      title: 'Connect your support mailbox',
      lead: 'Mails become tickets, and answers leave from the same address. Gmail, Outlook, WeCom, Aliyun, NetEase, or your own server.',
      name: 'Support mailbox',
      connect: 'Connect the mailbox',
      none: 'This version has no mail channel',
    },
    chat: {
      title: 'Chat on your website',
      lead: 'One line of code, and visitors talk to you live.',
      create: 'Create a web chat',
      name: 'Website chat',
      snippet: 'Paste this before </body> of every page',
      preview: 'Live preview',
      previewHint:
        'Press the button at the lower right and write something: it really arrives in your inbox.',
    },
    team: {
      title: 'Invite colleagues',
      lead: 'They get the role “Agent”; you can change it in Admin.',
      count: '{{count}} people so far',
      count_one: 'Only you so far',
      name: 'Name',
      invite: 'Add',
      another: 'One more',
      passwords: 'Hand over these first passwords now; they are not shown again',
    },
    practice: {
      title: 'Try it once',
      lead: 'Choose a customer who is a script, then answer, add a note and resolve.',
    },
    done: {
      title: 'You are ready',
      lead: 'New messages appear in the inbox live. Press ? for shortcuts, Ctrl+K to find anything.',
      finish: 'Start working',
      tour: 'Show me the inbox',
    },
  },
  tour: {
    progress: '{{at}} of {{total}}',
    later: 'Go on later (Esc)',
    skip: 'Skip the tour',
    back: 'Back',
    next: 'Next',
    practise: 'Practise',
    needsTicket: 'No ticket is open. Open one, or look at an exercise.',
    openPractice: 'Open an exercise',
    list: {
      title: 'Your tickets',
      text: 'Choose a view on the left; here is its list. j and k move, Enter opens, / searches. New messages appear by themselves.',
      touch:
        'Here is the list; the button beside its title changes the view. New messages appear by themselves.',
    },
    conversation: {
      title: 'One ticket, one conversation',
      text: 'What the customer wrote, your answers and internal notes, in order of time. Above them you change assignee, status and priority.',
      touch:
        'What the customer wrote, your answers and internal notes, in order of time. What you do most lies at the lower edge.',
    },
    reply: {
      title: 'Answer here',
      text: 'r begins an answer, n a note that only colleagues see. / inserts a canned reply, {{send}} sends; for some seconds a send can be undone.',
      touch:
        'Reply begins an answer; you can change to a note that only colleagues see. For some seconds a send can be undone.',
    },
    customer: {
      title: 'Who is asking',
      text: 'The customer, earlier tickets and what other systems know, beside the conversation. ] folds it away and back.',
      touch: 'Details shows the customer, earlier tickets and what other systems know.',
    },
    palette: {
      title: 'Find anything',
      text: '{{palette}}, then a ticket number, a name, or what you want to do.',
      touch: 'Below the list, Search takes a ticket number, a name, or what you want to do.',
    },
    shortcuts: {
      title: 'Help is here',
      text: '? shows all keys. In this menu you change language and appearance, take this tour again, or open exercises.',
      touch:
        'Your menu is at the lower right of the list: other places, language and appearance, this tour, and exercises.',
    },
  },
  practice: {
    title: 'Practice',
    lead: 'The customer is a script and answers after some seconds. Exercises carry the tag “practice”; nothing of them is sent or counted in reports.',
    begin: 'Start',
    beginWith: 'Start the exercise “{{title}}”',
    goOn: 'Go on',
    goOnWith: 'Go on with the exercise “{{title}}”',
    done: 'Done',
    from: '{{name}}: {{subject}}',
    empty: 'There are no exercises in this language yet',
    removeAll: 'Remove all my exercises ({{count}})',
    remove: 'Remove',
    removeTitle: 'Remove all your exercises?',
    removeHint: 'The tickets and everything written in them are deleted at once, for good.',
    removed: 'Exercises removed',
  },
}
