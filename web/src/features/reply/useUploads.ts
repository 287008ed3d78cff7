import { App } from 'antd'
import { useCallback, useRef, useState } from 'react'
import { type Attachment, type FileInfo, uploadFile } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'

export interface Upload {
  id: string
  name: string
  share: number
}

const asAttachment = (file: FileInfo): Attachment => ({ ...file, inline: false, content_id: null })

export function useUploads(done: (file: Attachment) => void) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [uploads, setUploads] = useState<Upload[]>([])
  const cancels = useRef(new Map<string, AbortController>())
  const latest = useRef(done)
  latest.current = done

  const add = useCallback(
    async (file: File) => {
      const id = crypto.randomUUID()
      const cancel = new AbortController()
      cancels.current.set(id, cancel)
      setUploads((all) => [...all, { id, name: file.name, share: 0 }])
      const progress = (share: number) =>
        setUploads((all) => all.map((upload) => (upload.id === id ? { ...upload, share } : upload)))
      try {
        latest.current(asAttachment(await uploadFile(file, progress, cancel.signal)))
      } catch (error) {
        if (!cancel.signal.aborted) {
          const reason = error instanceof Error && error.message ? ` (${error.message})` : ''
          message.error(t('reply.uploadFailed', { name: file.name }) + reason)
        }
      } finally {
        cancels.current.delete(id)
        setUploads((all) => all.filter((upload) => upload.id !== id))
      }
    },
    [message, t],
  )

  return {
    uploads,
    add: (files: Iterable<File>) => {
      for (const file of files) void add(file)
    },
    cancel: (id: string) => cancels.current.get(id)?.abort(),
  }
}
