export { restoreMessage, startWriting } from './bridge'
export { ReplyBox } from './ReplyBox'
