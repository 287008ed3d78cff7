export { BulkProgress } from './BulkProgress'
export { MacroMenu } from './MacroMenu'
export { useStart } from './useStart'
export { useSure } from './useSure'
