/** This device's own small store, the same for the page and for the service worker. */
export type StoreName = 'kept' | 'outbox' | 'meta'

const name = 'yizhan'
const version = 1
/** In `kept`: the oldest of one kind of one person first. */
export const byAge = 'age'

function build(db: IDBDatabase) {
  const kept = db.createObjectStore('kept', { keyPath: 'key' })
  kept.createIndex(byAge, ['owner', 'kind', 'at'])
  db.createObjectStore('outbox', { keyPath: 'id' })
  db.createObjectStore('meta')
}

let opening: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, version)
    request.onupgradeneeded = () => build(request.result)
    request.onsuccess = () => {
      const db = request.result
      // Another window wants a newer form, or the browser took it away: the next use opens it again.
      db.onversionchange = () => db.close()
      db.onclose = () => {
        opening = undefined
      }
      resolve(db)
    }
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('blocked'))
  }).catch((error: unknown) => {
    opening = undefined
    throw error
  })
  return opening
}

/** Answers once the work is on disk. `work` may make several requests; the last one's result counts. */
export async function inStore<T>(
  store: StoreName,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T> | undefined,
): Promise<T | undefined> {
  const db = await open()
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(store, mode)
    const request = work(transaction.objectStore(store))
    transaction.oncomplete = () => resolve(request?.result)
    transaction.onabort = () => reject(transaction.error)
    transaction.onerror = () => reject(transaction.error)
  })
}

export const readOne = <T>(store: StoreName, key: IDBValidKey) =>
  inStore<T>(store, 'readonly', (rows) => rows.get(key) as IDBRequest<T>)
export const readAll = async <T>(store: StoreName) =>
  (await inStore<T[]>(store, 'readonly', (rows) => rows.getAll() as IDBRequest<T[]>)) ?? []
export const write = (store: StoreName, value: unknown, key?: IDBValidKey) =>
  inStore(store, 'readwrite', (rows) => rows.put(value, key))
export const remove = (store: StoreName, key: IDBValidKey | IDBKeyRange) =>
  inStore(store, 'readwrite', (rows) => rows.delete(key))

/** Lets go of every row that matches. */
export const removeWhere = <T>(store: StoreName, matches: (row: T) => boolean) =>
  inStore(store, 'readwrite', (rows) => {
    const walk = rows.openCursor()
    walk.onsuccess = () => {
      const cursor = walk.result
      if (!cursor) return
      if (matches(cursor.value as T)) cursor.delete()
      cursor.continue()
    }
    return undefined
  })
