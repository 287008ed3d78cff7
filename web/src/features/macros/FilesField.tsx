import { Attach, FileStrip, useUploads } from '@/features/reply'
import type { Macro } from '@/shared/api/macros'
import styles from './macros.module.css'

type FileRef = Macro['attachments'][number]
interface Props {
  value?: FileRef[]
  onChange?: (files: FileRef[]) => void
}

/** Files that go with the text, uploaded at once and kept when the macro is saved. */
export function FilesField({ value = [], onChange }: Props) {
  const { uploads, add, cancel } = useUploads(({ id, name, content_type, size, url }) =>
    onChange?.([...value, { id, name, content_type, size, url }]),
  )
  return (
    <div className={styles.files}>
      <FileStrip
        files={value.map((file) => ({ ...file, inline: false, content_id: null }))}
        uploads={uploads}
        remove={(id) => onChange?.(value.filter((file) => file.id !== id))}
        cancel={cancel}
      />
      <Attach add={add} />
    </div>
  )
}
