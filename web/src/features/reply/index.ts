export { putIntoReply, restoreMessage, startWriting, useWish } from './bridge'
export { Editor } from './lazyEditor'
export { ReplyBox } from './ReplyBox'
