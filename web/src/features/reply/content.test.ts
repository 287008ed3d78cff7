import { describe, expect, it } from 'vitest'
import { asHtml, isEmpty, isFormatted, joined, nothing } from './content'

const file = {
  id: '9',
  name: 'a.png',
  content_type: 'image/png',
  size: 1,
  inline: false,
  content_id: null,
  url: '/f',
}

describe('what is in the editor', () => {
  it('a picture alone is worth sending, spaces are not', () => {
    expect(isEmpty({ ...nothing, text: ' \n' })).toBe(true)
    expect(isEmpty({ ...nothing, files: [file] })).toBe(false)
  })
  it('text never turns into markup', () => {
    expect(asHtml('a < b\n<script>')).toBe('<p>a &lt; b</p><p>&lt;script&gt;</p>')
  })
  it('goes as plain text unless it has a form', () => {
    expect(isFormatted('<p>one</p><p>two<br></p>')).toBe(false)
    expect(isFormatted('<p><strong>one</strong></p>')).toBe(true)
    expect(isFormatted('<pre><code>x</code></pre>')).toBe(true)
  })
  it('an undone message comes before what was written since, each file once', () => {
    const back = {
      html: '<p>old</p>',
      text: 'old',
      mentions: [],
      files: [file],
      pictures: [],
      recipients: null,
    }
    const since = {
      html: '<p>new</p>',
      text: 'new',
      mentions: [],
      files: [file],
      pictures: [],
      recipients: null,
    }
    expect(joined(back, since)).toEqual({
      html: '<p>old</p><p>new</p>',
      text: 'old\nnew',
      mentions: [],
      files: [file],
      pictures: [],
      recipients: null,
    })
    expect(joined(back, nothing)).toBe(back)
  })
})
