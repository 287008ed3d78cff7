import { afterEach, describe, expect, it, vi } from 'vitest'
import { type ApiError, address, api, Unreachable, whenSignedOut } from './client'

const answer = (status: number, body?: unknown) =>
  vi.fn(async () => new Response(body === undefined ? null : JSON.stringify(body), { status }))
const asked = () => {
  const [url, init] = vi.mocked(fetch).mock.calls[0] ?? []
  return { url, ...init }
}

afterEach(() => vi.unstubAllGlobals())

describe('addresses', () => {
  it('are filled, and filters that say nothing are left out', () => {
    const place = address('/tickets/{ticket_id}/messages', {
      path: { ticket_id: '7/8' },
      query: { limit: 5, cursor: null, q: '' },
    })
    expect(place).toBe('/api/v1/tickets/7%2F8/messages?limit=5')
  })
})

describe('calls', () => {
  it('send a change with its body and the header that no other site can send', async () => {
    vi.stubGlobal('fetch', answer(200, { id: '7' }))
    await api.patch('/tickets/{ticket_id}', { path: { ticket_id: '7' }, body: { subject: 'x' } })
    expect(asked()).toMatchObject({
      url: '/api/v1/tickets/7',
      method: 'PATCH',
      body: '{"subject":"x"}',
      headers: { 'X-Yizhan': '1', 'Content-Type': 'application/json' },
    })
  })
  it('read without a body, and an empty answer is nothing', async () => {
    vi.stubGlobal('fetch', answer(204))
    expect(await api.delete('/auth/sessions')).toBeUndefined()
    expect(asked().body).toBeUndefined()
  })
  it('tell a refusal by its code', async () => {
    vi.stubGlobal('fetch', answer(409, { code: 'ticket_closed', detail: 'Closed.' }))
    const error = await api.get('/views').catch((refused: ApiError) => refused)
    expect(error).toMatchObject({ status: 409, code: 'ticket_closed', message: 'Closed.' })
  })
  it('tell when nobody answers', async () => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('failed')))
    await expect(api.get('/views')).rejects.toBeInstanceOf(Unreachable)
  })
  it('tell the shell that the session has ended, but not while signing in', async () => {
    const ended = vi.fn()
    whenSignedOut(ended)
    vi.stubGlobal('fetch', answer(401, { code: 'unauthorized' }))
    await api.get('/auth/me').catch(() => undefined)
    expect(ended).not.toHaveBeenCalled()
    await api.get('/views').catch(() => undefined)
    expect(ended).toHaveBeenCalledOnce()
  })
})
