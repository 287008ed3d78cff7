// Writes src/routeTree.gen.ts (ignored by git) so that the type checker sees every route before a build.
import { Generator, getConfig } from '@tanstack/router-generator'

const root = new URL('..', import.meta.url).pathname
const config = getConfig({ target: 'react', autoCodeSplitting: true }, root)
await new Generator({ config, root }).run()
