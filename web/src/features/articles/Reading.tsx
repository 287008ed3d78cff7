import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { ChevronLeft, FileText, Link2, Send, SquareArrowOutUpRight } from 'lucide-react'
import { useEffect } from 'react'
import { putIntoReply } from '@/features/reply'
import { sendMessage, type Ticket } from '@/shared/api'
import { type Advised, adviceKey, noteArticles, type Used } from '@/shared/api/advice'
import { articleQuery } from '@/shared/api/knowledge'
import { Rendered } from '@/shared/article'
import { useTranslation } from '@/shared/i18n'
import { QueryView, useAction, useAsk } from '@/shared/page'
import { useCan } from '@/shared/session'
import styles from './articles.module.css'
import { asAnswer, asLink, asMessage } from './insert'

interface Props {
  ticket: Ticket
  article: Advised
  back: () => void
}

/** One article, and the ways in which it gets to the customer. Each step is noted. */
export function Reading({ ticket, article, back }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const ask = useAsk()
  const { run, busy } = useAction()
  const mayReply = useCan('ticket:reply', ticket)
  const query = useQuery(articleQuery(article.id))
  const { id, locale, title, url } = article
  useEffect(() => {
    noteArticles(ticket.id, { article_ids: [id], step: 'opened', locale }).catch(() => undefined)
  }, [ticket.id, id, locale])

  const note = (form: Used['form']) =>
    noteArticles(ticket.id, { article_ids: [id], step: 'inserted', form, locale })
  const content = query.data?.contents.find((one) => one.locale === locale)

  function insert(form: 'link' | 'text') {
    if (form === 'link' && url) putIntoReply(ticket.id, asLink(title, url))
    else if (content) putIntoReply(ticket.id, asAnswer(content))
    void note(form).catch(() => undefined)
  }

  async function send() {
    if (
      !url ||
      !(await ask({ title: t('advice.sendTitle'), hint: url, ok: t('advice.send'), danger: false }))
    )
      return
    await run(
      async () => {
        // What is sent is found in the message; whose article it was must be known before.
        await note('link')
        await sendMessage(ticket.id, {
          body: asMessage(article, url),
          visibility: 'public',
          client_id: crypto.randomUUID(),
        })
      },
      { done: t('advice.sent'), keys: [adviceKey(ticket.id), ['ticket', ticket.id]] },
    )
    void client.invalidateQueries({ queryKey: ['messages', ticket.id] })
  }

  return (
    <section className={styles.articles} aria-label={title}>
      <header className={styles.top}>
        <Button size="small" type="text" icon={<ChevronLeft size={15} />} onClick={back}>
          {t('advice.back')}
        </Button>
        <Link to="/knowledge/$id" params={{ id }} search={{ language: locale }} target="_blank">
          <SquareArrowOutUpRight size={13} aria-hidden="true" /> {t('advice.edit')}
        </Link>
      </header>
      <h3 lang={locale}>{title}</h3>
      {mayReply && (
        <div className={styles.actions}>
          <Button
            size="small"
            icon={<FileText size={14} />}
            disabled={!content}
            onClick={() => insert('text')}
          >
            {t('advice.insertText')}
          </Button>
          <Button
            size="small"
            icon={<Link2 size={14} />}
            disabled={!url}
            onClick={() => insert('link')}
          >
            {t('advice.insertLink')}
          </Button>
          <Button
            size="small"
            icon={<Send size={14} />}
            disabled={!url}
            loading={busy !== null}
            onClick={() => void send()}
          >
            {t('advice.send')}
          </Button>
        </div>
      )}
      {!url && <p className={styles.why}>{t('advice.noPage')}</p>}
      <QueryView query={{ ...query, data: content }} lines={6}>
        {({ html }) => <Rendered html={html} lang={locale} />}
      </QueryView>
    </section>
  )
}
