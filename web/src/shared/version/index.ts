export { useBuild } from './build'
export { mendMissingParts, takeNewBuild } from './watch'
