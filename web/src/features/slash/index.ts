export { ChangeSets } from './ChangeSets'
export { asParagraphs, useSlash } from './useSlash'
