export { type Asked, useAsked } from './asked'
export { RelationDialogs, RelationsSide } from './RelationDialogs'
export { type Despite, hasOpenChildren, useDespite } from './useDespite'
