import { common } from './common'
import { conversation } from './conversation'
import { inbox } from './inbox'
import { macros } from './macros'

export const zh = { ...common, ...inbox, ...conversation, ...macros }
