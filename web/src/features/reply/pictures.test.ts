import { describe, expect, it } from 'vitest'
import { attachmentsOf, fromDraft, nothing } from './content'
import { fileOfSource, isPicture, isPictureAlone, picturesIn, withoutWaiting } from './pictures'

const file = (id: string) => ({
  id,
  name: `${id}.png`,
  content_type: 'image/png',
  size: 1,
  inline: false,
  content_id: null,
  url: `/api/v1/files/${id}`,
})

describe('pictures in the text', () => {
  it('are found by their content ids, each once', () => {
    const html = '<p><img src="cid:12@file" alt="a">x<img alt="b" src="cid:13@file"></p>'
    expect(picturesIn(html + html)).toEqual(['12', '13'])
    expect(picturesIn('<img src="https://x.example/cid:12@file">')).toEqual([])
    expect(fileOfSource('cid:12@file')).toBe('12')
    expect(fileOfSource('cid:logo@mail.example')).toBeNull()
  })
  it('are not kept while they are on their way', () => {
    expect(withoutWaiting('<p>a<img data-upload="u1" alt="x">b<img src="cid:1@file"></p>')).toBe(
      '<p>ab<img src="cid:1@file"></p>',
    )
  })
  it('one that was deleted from the text does not go along', () => {
    const content = {
      ...nothing,
      html: '<p><img src="cid:2@file"></p>',
      text: '[2.png]',
      pictures: [file('1'), file('2')],
      files: [file('3')],
    }
    expect(attachmentsOf(content)).toEqual([
      { ...file('2'), inline: true, content_id: '2@file' },
      file('3'),
    ])
  })
  it('come back with a draft as pictures, other files as files', () => {
    const draft = fromDraft({
      body: '[1.png]',
      body_html: '<p><img src="cid:1@file"></p>',
      attachments: [file('1'), file('2')],
      mentions: [],
      to: null,
      cc: null,
    })
    expect(draft.pictures.map(({ id }) => id)).toEqual(['1'])
    expect(draft.files.map(({ id }) => id)).toEqual(['2'])
  })
})

describe('what is pasted', () => {
  it('a picture copied in a browser is a picture, cells of a spreadsheet are text', () => {
    expect(isPictureAlone('<meta charset="utf-8"><img src="https://x.example/a.png"/>')).toBe(true)
    expect(isPictureAlone('<style>td{}</style><table><tr><td>7</td></tr></table>')).toBe(false)
    expect(isPictureAlone('<p>look: <img src="a"></p>')).toBe(false)
  })
  it('only what every reader can show stands in the text', () => {
    expect(isPicture({ type: 'image/png' })).toBe(true)
    expect(isPicture({ type: 'image/svg+xml' })).toBe(false)
    expect(isPicture({ type: 'application/pdf' })).toBe(false)
  })
})
