import { createContext, useCallback, useEffect, useRef, useState } from 'react'
import { type Attachment, uploadFile } from '@/shared/api'

/** A picture on its way, or one that has arrived since the editor was opened. */
export interface Picture {
  id: string
  name: string
  /** Shown from this device, so that it is there at once. */
  preview: string
  share: number
  state: 'uploading' | 'failed' | 'done'
  /** The server's file, when it has it. */
  file: string | null
  reason: string
}

interface Shared {
  pictures: ReadonlyMap<string, Picture>
  retry: (id: string) => void
}
/** For the pictures in the editor, which the editor itself draws. */
export const PicturesContext = createContext<Shared>({
  pictures: new Map(),
  retry: () => undefined,
})

const begun = (id: string, file: File): Picture => ({
  id,
  name: file.name || 'image.png',
  preview: URL.createObjectURL(file),
  share: 0,
  state: 'uploading',
  file: null,
  reason: '',
})

/** `done` hears of each picture that the server has; `open` tells whether it can still be shown. */
export function usePictures(done: (file: Attachment, open: boolean) => void) {
  const [pictures, setPictures] = useState<ReadonlyMap<string, Picture>>(new Map())
  const sources = useRef(new Map<string, File>())
  const previews = useRef<string[]>([])
  const open = useRef(true)
  const latest = useRef(done)
  latest.current = done

  const set = useCallback((id: string, change: Partial<Picture>) => {
    setPictures((all) => {
      const old = all.get(id)
      return old ? new Map(all).set(id, { ...old, ...change }) : all
    })
  }, [])

  const send = useCallback(
    async (id: string) => {
      const source = sources.current.get(id)
      if (!source) return
      set(id, { state: 'uploading', share: 0, reason: '' })
      try {
        const file = await uploadFile(source, (share) => set(id, { share }))
        latest.current({ ...file, inline: false, content_id: null }, open.current)
        set(id, { state: 'done', share: 1, file: file.id })
      } catch (error) {
        set(id, { state: 'failed', reason: error instanceof Error ? error.message : '' })
      }
    },
    [set],
  )

  const add = useCallback(
    (files: File[]): Picture[] => {
      const fresh = files.map((file) => {
        const picture = begun(crypto.randomUUID(), file)
        sources.current.set(picture.id, file)
        previews.current.push(picture.preview)
        return picture
      })
      setPictures((all) => new Map([...all, ...fresh.map((item) => [item.id, item] as const)]))
      for (const { id } of fresh) void send(id)
      return fresh
    },
    [send],
  )

  useEffect(() => {
    open.current = true
    return () => {
      open.current = false
      for (const preview of previews.current) URL.revokeObjectURL(preview)
    }
  }, [])

  return { pictures, add, retry: (id: string) => void send(id) }
}
