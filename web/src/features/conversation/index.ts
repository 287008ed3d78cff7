export { Editor } from '@/features/reply'
export { Conversation } from './Conversation'
