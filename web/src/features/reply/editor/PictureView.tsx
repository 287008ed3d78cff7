import type { Editor } from '@tiptap/core'
import { RotateCw, X } from 'lucide-react'
import { useContext, useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { addressOf } from '../pictures'
import { PicturesContext } from '../usePictures'
import styles from './Editor.module.css'
import { type Slot, useSlots } from './picture'

/** The pictures of one editor, each drawn where its text has it. */
export function Pictures({ editor }: { editor: Editor }) {
  const slots = useSlots((state) => state.slots)
  return slots
    .filter((slot) => slot.editor === editor)
    .map((slot, at) => createPortal(<PictureView slot={slot} />, slot.dom, String(at)))
}

/** A picture as the writer sees it: there at once, with how far it has got, or why it has not. */
function PictureView({ slot }: { slot: Slot }) {
  const { node, editor, at, chosen } = slot
  const { t } = useTranslation()
  const { pictures, retry } = useContext(PicturesContext)
  const { file, upload, name } = node.attrs as Record<string, string | null>
  const picture = upload ? pictures.get(upload) : undefined
  const arrived = picture?.file ?? null

  useEffect(() => {
    const place = at()
    if (!arrived || file || place === undefined) return
    // Not a step of the writer's: undoing must not take the file away again.
    const change = editor.state.tr.setNodeAttribute(place, 'file', arrived)
    editor.view.dispatch(change.setMeta('addToHistory', false))
  }, [arrived, file, editor, at])

  function remove() {
    const place = at()
    if (place === undefined) return
    editor
      .chain()
      .focus()
      .deleteRange({ from: place, to: place + node.nodeSize })
      .run()
  }
  const source = picture?.preview ?? (file ? addressOf(file) : undefined)
  const state = file ? 'done' : (picture?.state ?? 'failed')
  return (
    <span className={styles.picture} data-state={state} data-chosen={chosen}>
      <img src={source} alt={name ?? ''} />
      {state === 'uploading' && (
        <progress
          value={picture?.share ?? 0}
          aria-label={t('reply.uploading', { name: name ?? '' })}
        />
      )}
      {state === 'failed' && (
        <span className={styles.pictureFailed} role="alert" title={picture?.reason}>
          {t('reply.pictureFailed')}
          {upload && picture && (
            <button type="button" onClick={() => retry(upload)}>
              <RotateCw size={12} aria-hidden="true" /> {t('common.retry')}
            </button>
          )}
        </span>
      )}
      <span className={styles.pictureRemove}>
        <IconButton
          icon={X}
          size="small"
          label={t('reply.remove', { name: name ?? '' })}
          onMouseDown={(event) => event.preventDefault()}
          onClick={remove}
        />
      </span>
    </span>
  )
}
