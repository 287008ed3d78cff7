import { common } from './common'
import { conversation } from './conversation'
import { inbox } from './inbox'

export const zh = { ...common, ...inbox, ...conversation }
