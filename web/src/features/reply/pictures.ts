/** Pictures that stand in the text: the server knows them by a content id made of the file's id. */
export const contentId = (file: string) => `${file}@file`
export const sourceOf = (file: string) => `cid:${contentId(file)}`
export const addressOf = (file: string) => `/api/v1/files/${file}`

const inText = /<img\b[^>]*\bsrc="cid:(\d+)@file"[^>]*>/gi
const waiting = /<img\b[^>]*\bdata-upload="[^"]*"[^>]*>/gi

/** The files that a text shows, each once. */
export const picturesIn = (html: string): string[] => [
  ...new Set([...html.matchAll(inText)].map(([, id]) => id ?? '')),
]

/** A picture that is still on its way is not part of what is kept or sent. */
export const withoutWaiting = (html: string) => html.replace(waiting, '')

export const fileOfSource = (src: string | null): string | null =>
  /^cid:(\d+)@file$/i.exec(src ?? '')?.[1] ?? null

/** What every browser and mail program shows. SVG may carry scripts, so it stays an attachment. */
export const isPicture = ({ type }: { type: string }) => /^image\/(png|jpe?g|gif|webp)$/.test(type)

/**
 * A picture that was copied in a browser comes as a file beside an `<img>`. Cells of a spreadsheet
 * also come with a picture of themselves, but there the text is what is meant.
 */
export function isPictureAlone(html: string): boolean {
  const text = html
    .replace(/<!--[\s\S]*?-->|<(style|title|script)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<[^>]*>|&nbsp;/g, '')
  return /<img\b/i.test(html) && text.trim() === ''
}
