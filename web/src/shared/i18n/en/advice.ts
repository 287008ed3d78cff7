import type { advice as zh } from '../zh-CN/advice'

export const advice: typeof zh = {
  advice: {
    title: 'Articles',
    search: 'Search articles',
    none: 'No article fits',
    noneHint: 'Search with other words, or write the article in the knowledge base.',
    why: 'Because of: {{words}}',
    near: 'Means the same as: {{text}}',
    inner: 'Agents only',
    insertText: 'Insert the text',
    insertLink: 'Insert a link',
    send: 'Send the link',
    sendTitle: 'Send the link of this article to the customer?',
    sent: 'The link was sent',
    back: 'Back to the list',
    edit: 'Open in the knowledge base',
    noPage: 'Customers cannot see this article, so it has no link.',
    steps: { shown: 'Shown', opened: 'Opened', inserted: 'Inserted', sent: 'Sent' },
  },
}
