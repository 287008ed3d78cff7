export { type Asked, useAsked } from './asked'
export { RelationDialogs, RelationsSide } from './RelationDialogs'
export { hasOpenChildren, useDespite } from './useDespite'
