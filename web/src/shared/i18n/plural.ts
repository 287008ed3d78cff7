/** The words of another language, and where it needs them the form for one thing: `teams_one`. */
export type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> } & {
  [K in keyof T & string as `${K}_one`]?: string
}
