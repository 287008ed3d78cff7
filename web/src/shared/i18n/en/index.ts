import type { zh } from '../zh-CN'
import { common } from './common'
import { conversation } from './conversation'
import { inbox } from './inbox'
import { macros } from './macros'

export const en: typeof zh = { ...common, ...inbox, ...conversation, ...macros }
