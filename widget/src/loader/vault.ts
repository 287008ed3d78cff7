/**
 * What the chat must remember between pages: the visitor's token and messages not yet sent.
 *
 * A frame of another site may be denied storage, so it is kept in the host page's own
 * localStorage, one entry a value so that two tabs do not overwrite each other; in memory when
 * that is denied as well.
 */
export interface Vault {
  all(): Record<string, string>
  set(name: string, value: string | null): void
  clear(): void
}

export function openVault(prefix: string, storage: () => Storage): Vault {
  let memory: Record<string, string> = {}
  const attempt = <T>(act: (s: Storage) => T): T | undefined => {
    try {
      return act(storage())
    } catch {
      return undefined
    }
  }
  const names = (s: Storage) => Object.keys(s).filter((k) => k.startsWith(prefix))
  const all = () => {
    const kept = attempt((s) =>
      Object.fromEntries(names(s).map((k) => [k.slice(prefix.length), s.getItem(k) ?? ''])),
    )
    return { ...memory, ...kept }
  }
  return {
    all,
    set(name, value) {
      if (value === null) {
        delete memory[name]
        attempt((s) => s.removeItem(prefix + name))
        return
      }
      memory[name] = value
      attempt((s) => s.setItem(prefix + name, value))
    },
    clear() {
      memory = {}
      attempt((s) => {
        for (const k of names(s)) s.removeItem(k)
      })
    },
  }
}
