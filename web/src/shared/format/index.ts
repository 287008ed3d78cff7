export * from './pinyin'
export * from './size'
export * from './time'
export * from './useNow'
