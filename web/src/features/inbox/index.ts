export { Inbox } from './Inbox'
export { type InboxSearch, readSearch } from './search'
