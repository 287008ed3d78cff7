export { putIntoReply, restoreMessage, startWriting } from './bridge'
export { Editor } from './lazyEditor'
export { ReplyBox } from './ReplyBox'
