import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '@/shared/api'
import { type Article, articleQuery, knowledgeKeys, saveText } from '@/shared/api/knowledge'
import { useTranslation } from '@/shared/i18n'
import { useAction, useAsk } from '@/shared/page'
import { errorText } from '@/shared/ui'

export interface TextDraft {
  title: string
  summary: string
  html: string
}
const nothing: TextDraft = { title: '', summary: '', html: '' }

const same = (a: TextDraft, b: TextDraft) =>
  a.title === b.title && a.summary === b.summary && a.html === b.html

/** What is being written in one language, beside what the server has. */
export function useText(article: Article, locale: string, saved: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const ask = useAsk()
  const { message } = App.useApp()
  const { run, busy } = useAction()
  const kept = article.contents.find((one) => one.locale === locale)
  const version = kept?.version ?? 0
  const asKept: TextDraft = kept
    ? { title: kept.title, summary: kept.summary, html: kept.html }
    : nothing
  const [base, setBase] = useState(version)
  const [draft, setDraft] = useState(asKept)
  const [changed, setChanged] = useState(false)
  // Grows when the editor must show what comes from elsewhere.
  const [nonce, setNonce] = useState(0)
  const latest = useRef(asKept)
  latest.current = asKept

  const take = (next: number) => {
    setBase(next)
    setDraft(latest.current)
    setChanged(false)
    setNonce((old) => old + 1)
  }
  const takeNow = useRef(take)
  takeNow.current = take
  useEffect(() => {
    // An old version was brought back, or a colleague saved one and nothing was written here.
    if (version !== base && !changed) takeNow.current(version)
  }, [version, base, changed])

  const change = (part: Partial<TextDraft>) => {
    setDraft((old) => ({ ...old, ...part }))
    setChanged(true)
  }

  async function save(over = false): Promise<boolean> {
    const body = { ...draft, ...(over ? {} : { base }) }
    let stale = false
    const answer = await run(() => saveText(article.id, locale, body), {
      keys: [[...knowledgeKeys.all, 'list']],
      failed: (error) => {
        stale = error instanceof ApiError && error.code === 'stale_article'
        if (!stale) message.error(errorText(t, error))
      },
    })
    if (answer) {
      client.setQueryData(articleQuery(article.id).queryKey, answer)
      const now = answer.contents.find((one) => one.locale === locale)
      setBase(now?.version ?? base)
      setChanged(false)
      saved()
      return true
    }
    if (stale) {
      const anyway = await ask({
        title: t('knowledge.staleTitle'),
        hint: t('knowledge.staleHint'),
        ok: t('knowledge.saveAnyway'),
      })
      if (anyway) return save(true)
      await client.invalidateQueries({ queryKey: articleQuery(article.id).queryKey })
    }
    return false
  }

  return {
    draft,
    change,
    changed: changed && !same(draft, asKept),
    save,
    busy: busy !== null,
    version,
    nonce,
  }
}
export type TextState = ReturnType<typeof useText>
