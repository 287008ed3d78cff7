export { ArticlePage } from './ArticlePage'
export { KnowledgePage, type KnowledgeSearch } from './KnowledgePage'
