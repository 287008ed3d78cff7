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
      lead: 'Make a ticket that comes from yourself, then answer it, add a note and resolve it.',
      subject: 'My left earbud is silent, can I swap it?',
      body: 'Hello, I bought earbuds from {{brand}} last week and the left one went silent today. Pairing again did not help. They are still under warranty, how can I have them replaced? Thank you!',
      tag: 'practice',
      create: 'Create a practice ticket',
      created: 'Ticket #{{number}} is there.',
      open: 'Open and answer it',
    },
    done: {
      title: 'You are ready',
      lead: 'New messages appear in the inbox live. Press ? for shortcuts, Ctrl+K to find anything.',
      finish: 'Start working',
    },
  },
}
