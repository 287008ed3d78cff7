import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ACK, Link, type LinkPorts, PING, SILENCE } from '../src/core/link'
import type { Draft } from '../src/core/timeline'
import { type Polled, Refused, type ServerFrame } from '../src/core/wire'

/** The browser's socket, played by hand. */
class Wire {
  static all: Wire[] = []
  static get last(): Wire {
    return Wire.all.at(-1) as Wire
  }
  sent: { t: string; client_id?: string }[] = []
  closed = false
  onmessage: ((e: { data: string }) => void) | null = null
  onclose: ((e: { code: number }) => void) | null = null
  readonly url: string

  constructor(url: string) {
    this.url = url
    Wire.all.push(this)
  }
  send(text: string) {
    this.sent.push(JSON.parse(text))
  }
  close() {
    this.closed = true
  }
  says(frame: ServerFrame) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
  hello() {
    this.says({ t: 'hello', seq: '0', online: true })
  }
  drops(code = 1006) {
    this.onclose?.({ code })
  }
}

const at = '2026-11-22T08:00:00Z'
const draft = (client_id: string): Draft => ({ client_id, text: client_id, files: [], at })
const msg = (seq: string): ServerFrame => ({
  t: 'msg',
  seq,
  id: seq,
  from: 'agent',
  text: seq,
  files: [],
  at,
})

let outbox: Draft[]
let frames: ServerFrame[]
let states: string[]
let polls: () => Promise<Polled>
let posted: string[]
let refused: number
let link: Link

function dial(after = '0') {
  const ports: LinkPorts = {
    socketUrl: (seq) => `wss://desk/socket?after=${seq}`,
    poll: () => polls(),
    post: async (d) => {
      posted.push(d.client_id)
      return { client_id: d.client_id, id: d.client_id, seq: '1', at }
    },
    outbox: () => [...outbox],
    onFrame: (frame) => {
      frames.push(frame)
      if (frame.t === 'ack') outbox = outbox.filter((d) => d.client_id !== frame.client_id)
    },
    onState: (state) => states.push(state),
    onRefused: () => {
      refused++
    },
    random: () => 1,
    hidden: () => false,
  }
  link = new Link(ports, after)
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', Wire)
  Wire.all = []
  outbox = []
  frames = []
  states = []
  posted = []
  refused = 0
  polls = () => Promise.reject(new Refused(0, 'unreachable'))
  dial()
})
afterEach(() => {
  link.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('resumes after the last message that it was given, not after an ack that overtook it', () => {
  Wire.last.hello()
  Wire.last.says(msg('8'))
  Wire.last.says({ t: 'ack', client_id: 'x', id: '10', seq: '10', at })
  Wire.last.drops()
  vi.advanceTimersByTime(1_000)
  expect(Wire.last.url).toContain('after=8')
})

it('sends the outbox on every hello until it is acknowledged, and each draft once a connection', () => {
  outbox = [draft('a'), draft('b')]
  Wire.last.hello()
  link.flush()
  expect(Wire.last.sent.map((f) => f.client_id)).toEqual(['a', 'b'])
  Wire.last.says({ t: 'ack', client_id: 'a', id: '1', seq: '1', at })
  Wire.last.drops()
  vi.advanceTimersByTime(1_000)
  Wire.last.hello()
  expect(Wire.last.sent.map((f) => f.client_id)).toEqual(['b'])
})

it('hangs up on a connection that swallows a message', () => {
  Wire.last.hello()
  outbox = [draft('a')]
  link.flush()
  const dead = Wire.last
  vi.advanceTimersByTime(ACK + 6_000)
  expect(dead.closed).toBe(true)
  Wire.last.hello()
  expect(Wire.last).not.toBe(dead)
  expect(Wire.last.sent.map((f) => f.client_id)).toEqual(['a'])
})

it('asks a silent connection for a sign of life and leaves it when none comes', () => {
  Wire.last.hello()
  const quiet = Wire.last
  vi.advanceTimersByTime(PING + 5_000)
  expect(quiet.sent.map((f) => f.t)).toContain('ping')
  vi.advanceTimersByTime(SILENCE)
  expect(quiet.closed).toBe(true)
})

it('polls and posts where no socket gets through, then goes back to the socket', async () => {
  polls = async () => ({ messages: [msg('5') as never], seq: '5', online: true })
  outbox = [draft('a'), draft('b')]
  Wire.last.drops()
  await vi.advanceTimersByTimeAsync(1_000)
  Wire.last.drops()
  await vi.advanceTimersByTimeAsync(100)
  expect(states.at(-1)).toBe('polling')
  expect(posted).toEqual(['a', 'b'])
  expect(frames.some((f) => f.t === 'msg' && f.seq === '5')).toBe(true)
  await vi.advanceTimersByTimeAsync(60_000)
  Wire.last.hello()
  expect(states.at(-1)).toBe('live')
  expect(Wire.last.url).toContain('after=5')
})

it('says offline when neither works, and comes back at once when the network does', async () => {
  Wire.last.drops()
  await vi.advanceTimersByTimeAsync(1_000)
  Wire.last.drops()
  await vi.advanceTimersByTimeAsync(100)
  expect(states.at(-1)).toBe('offline')
  link.wake()
  Wire.last.hello()
  expect(states.at(-1)).toBe('live')
})

it('gives up a token that the desk does not take, once', async () => {
  Wire.last.drops(4401)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(refused).toBe(1)
  expect(Wire.all).toHaveLength(1)
})
