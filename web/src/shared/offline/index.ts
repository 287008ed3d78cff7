export {
  isCutOff,
  keepReading,
  orKept,
  orKeptPage,
  reachedAgain,
  shownAsOf,
  useReading,
} from './kept'
export {
  discard,
  enqueue,
  loadOutbox,
  type NewerMessage,
  newerIn,
  put,
  type Queued,
  useOutbox,
} from './outbox'
export { claim, leave, useSitting, whenReplaced } from './owner'
