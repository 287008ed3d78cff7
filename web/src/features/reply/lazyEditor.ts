import { lazily } from '@/shared/ui'

/** The editor is the largest part of the screen: it is fetched when the list is there. */
export const Editor = lazily(() => import('./editor/Editor'))
