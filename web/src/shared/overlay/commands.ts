import { useEffect, useRef } from 'react'
import { create } from 'zustand'

export interface Command {
  id: string
  name: string
  keys?: string
  /** It is how things are already. */
  current?: boolean
  run: () => void
}

interface Registry {
  groups: Record<string, Command[]>
  put: (group: string, commands: Command[] | null) => void
}

export const useCommandRegistry = create<Registry>((set) => ({
  groups: {},
  put: (group, commands) =>
    set(({ groups }) => {
      const { [group]: _old, ...rest } = groups
      return { groups: commands ? { ...rest, [group]: commands } : rest }
    }),
}))

/** What the screen in front can do, offered in the palette for as long as it is there. */
export function useScreenCommands(group: string, commands: Command[]) {
  const put = useCommandRegistry((registry) => registry.put)
  const latest = useRef(commands)
  latest.current = commands
  const names = commands.map((command) => `${command.id}:${command.name}`).join('|')
  useEffect(() => {
    // `names` stands for the content: the functions are read when they run.
    const list = names
      ? latest.current.map((command, at) => ({ ...command, run: () => latest.current[at]?.run() }))
      : null
    put(group, list)
    return () => put(group, null)
  }, [group, names, put])
}
