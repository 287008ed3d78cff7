import { lazily } from '@/shared/ui'

/** The editor is the largest part of the screen: it is fetched when the list is there. */
export const Editor = lazily(() => import('./editor/Editor'))

/** The same as a field of a form. */
export const RichField = lazily(() => import('./editor/RichField'))
