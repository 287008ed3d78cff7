import { expect, test } from 'vitest'
import { framesIn } from './copilot'

test('frames are read wherever the stream is cut', () => {
  const sent = ': hello\n\nevent: text\ndata: {"text":"您好"}\n\nevent: done\ndata: {"a":1}\n\n'
  const found: string[] = []
  let rest = ''
  for (const sign of sent) {
    const read = framesIn(rest + sign)
    rest = read.rest
    found.push(...read.frames.map(({ name, data }) => `${name} ${data}`))
  }
  expect(found).toEqual(['text {"text":"您好"}', 'done {"a":1}'])
  expect(rest).toBe('')
})
