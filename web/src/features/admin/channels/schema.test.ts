import { describe, expect, test } from 'vitest'
import type { Schema } from '@/shared/api/admin'
import { fieldsOf, humanise, sectionsOf, settingsOf, startOf } from './schema'

const schema: Schema = {
  type: 'object',
  required: ['address'],
  properties: {
    address: { type: 'string', 'x-title': { zh: '地址', en: 'Address' } },
    aliases: { type: 'array', items: { $ref: '#/$defs/Alias' }, default: [] },
    imap_port: { type: 'integer', minimum: 1, maximum: 65535, default: 993 },
    imap_security: {
      enum: ['tls', 'none'],
      default: 'tls',
      'x-choices': { zh: { none: '不加密' } },
    },
    imap_password: { type: 'string', writeOnly: true, default: '' },
    facts: {
      type: 'array',
      items: { enum: ['a', 'b'] },
      default: ['a'],
      'x-choices': { zh: { b: '乙' } },
    },
    origins: { type: 'array', items: { type: 'string', pattern: '^https?://' }, default: [] },
    greeting: { anyOf: [{ type: 'string', maxLength: 2000 }, { type: 'null' }] },
    mode: { oneOf: [{ const: 'a' }, { const: 'b' }] },
    retry: { type: 'object', properties: { on: { type: 'boolean', default: true } } },
  },
  $defs: {
    Alias: { type: 'object', required: ['address'], properties: { address: { type: 'string' } } },
  },
}
const fields = fieldsOf(schema, 'zh-CN')
const field = (name: string) => fields.find((item) => item.name === name)

describe('a form from a schema', () => {
  test('every kind of setting has its control', () => {
    expect(Object.fromEntries(fields.map(({ name, kind }) => [name, kind]))).toEqual({
      address: 'text',
      aliases: 'list',
      imap_port: 'number',
      imap_security: 'choice',
      imap_password: 'secret',
      facts: 'many',
      origins: 'words',
      greeting: 'long',
      mode: 'choice',
      retry: 'group',
    })
  })
  test('words come in the language of the reader, else from the name', () => {
    expect(field('address')?.title).toBe('地址')
    expect(fieldsOf(schema, 'en')[0]?.title).toBe('Address')
    expect(field('imap_port')?.title).toBe('Imap port')
    expect(field('imap_security')?.choices).toEqual([
      { value: 'tls', label: 'Tls' },
      { value: 'none', label: '不加密' },
    ])
    expect(humanise('first_fetch')).toBe('First fetch')
  })
  test('a list of objects knows the fields of its entries', () => {
    expect(field('aliases')?.fields.map(({ name, required }) => [name, required])).toEqual([
      ['address', true],
    ])
  })
  test('a saved secret is neither shown nor sent unless it is typed', () => {
    const start = startOf(fields, { address: 'a@b.c', imap_password: 'hidden' })
    expect(start.imap_password).toBeUndefined()
    expect(start.imap_port).toBe(993)
    expect(settingsOf(fields, start)).not.toHaveProperty('imap_password')
    expect(settingsOf(fields, { ...start, imap_password: 'new' }).imap_password).toBe('new')
  })
  test('an emptied number goes back to its default', () => {
    expect(settingsOf(fields, { imap_port: null }).imap_port).toBe(993)
  })
  test('fields that begin alike share a heading', () => {
    expect(sectionsOf(fields).map(({ id, fields: inner }) => [id, inner.length])).toEqual([
      ['', 2],
      ['imap', 3],
      ['more', 5],
    ])
  })
})
