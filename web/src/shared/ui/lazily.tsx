import { type ComponentType, lazy, useState } from 'react'

/**
 * A component in a chunk of its own that can be fetched ahead: once it is there it is drawn at once,
 * where `lazy` alone would still show the fallback for a moment.
 */
export function lazily<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
) {
  let here: ComponentType<Props> | undefined
  const fetched = () =>
    load().then((module) => {
      here = module.default
      return module
    })
  const Later = lazy(fetched)
  // biome-ignore lint/correctness/noComponentHookFactories: called once a module, as lazy itself is
  function Lazily(props: Props) {
    // Kept while it is on screen: another component in its place would lose what it holds.
    const [Shown] = useState<ComponentType<Props>>(() => here ?? Later)
    return <Shown {...props} />
  }
  return Object.assign(Lazily, { preload: () => void fetched().catch(() => undefined) })
}
