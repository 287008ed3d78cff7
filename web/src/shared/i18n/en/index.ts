import type { zh } from '../zh-CN'
import { common } from './common'
import { conversation } from './conversation'
import { inbox } from './inbox'

export const en: typeof zh = { ...common, ...inbox, ...conversation }
