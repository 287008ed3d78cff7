export { unsaved, useBuild } from './build'
export { mendMissingParts, takeNewBuild } from './watch'
