/** Reads what may be asked and what is answered out of the API's own description. */
import type { paths } from './schema.gen'

export type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete'

type Known = keyof paths & `/api/v1${string}`
type Below<P> = P extends `/api/v1${infer Rest}` ? Rest : never
/** The addresses, without their common beginning, that know a verb. */
export type Path<V extends Verb> = Below<
  { [P in Known]: paths[P] extends Record<V, unknown> ? P : never }[Known]
>
type Operation<V extends Verb, P extends string> = `/api/v1${P}` extends infer Full
  ? Full extends keyof paths
    ? paths[Full] extends Record<V, infer O>
      ? O
      : never
    : never
  : never

type Json<C> = C extends { content: { 'application/json': infer Body } } ? Body : undefined
type Good<R> = R extends { 200: infer A }
  ? Json<A>
  : R extends { 201: infer A }
    ? Json<A>
    : R extends { 202: infer A }
      ? Json<A>
      : undefined
/** What a call answers when all went well; nothing for 204. */
export type Answer<V extends Verb, P extends string> =
  Operation<V, P> extends { responses: infer R } ? Good<R> : never
/** The body that a call takes. */
export type Body<V extends Verb, P extends string> =
  Operation<V, P> extends { requestBody: infer B } ? Json<B> : undefined

type Names<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never
// Ids are numbers to the server and have more digits than ours can hold: they travel as text.
type Textual<Q> = { [K in keyof Q]: number extends Q[K] ? Q[K] | string : Q[K] }
/** The filters of a call. */
export type Query<V extends Verb, P extends string> =
  Operation<V, P> extends { parameters: { query?: infer Q } } ? Textual<NonNullable<Q>> : never

type Filled<P extends string> = [Names<P>] extends [never]
  ? { path?: undefined }
  : { path: Record<Names<P>, string> }
type Asked<V extends Verb, P extends string> = [Query<V, P>] extends [never]
  ? { query?: undefined }
  : { query?: Query<V, P> }
type Carried<V extends Verb, P extends string> =
  Body<V, P> extends undefined ? { body?: undefined } : { body: Body<V, P> }

/** Everything that belongs to a call besides its address. */
export type Call<V extends Verb, P extends string> = Filled<P> &
  Asked<V, P> &
  Carried<V, P> & { headers?: Record<string, string>; signal?: AbortSignal }
/** Left out altogether where nothing in it is needed. */
export type Rest<V extends Verb, P extends string> =
  Record<string, never> extends Call<V, P> ? [call?: Call<V, P>] : [call: Call<V, P>]
