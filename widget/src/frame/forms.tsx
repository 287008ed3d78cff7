import { Component, h } from 'preact'
import { looksLikeEmail } from '../core/format'
import type { Field } from '../shared/protocol'
import type { Ui } from './ui'

type Values = Record<string, string>

function values(form: HTMLFormElement): Values {
  const filled = [...new FormData(form)].map(
    ([name, value]) => [name, String(value).trim()] as const,
  )
  return Object.fromEntries(filled.filter(([, value]) => value))
}

export class PreChat extends Component<Ui, { wrong: Values }> {
  override state = { wrong: {} as Values }

  #problem({ name, required }: Field, value = ''): string {
    const { t } = this.props
    if (!value) return required ? t.required : ''
    return name === 'email' && !looksLikeEmail(value) ? t.emailWrong : ''
  }

  #submit = (event: SubmitEvent) => {
    event.preventDefault()
    const { state, chat } = this.props
    const form = event.currentTarget as HTMLFormElement
    const given = values(form)
    const wrong: Values = {}
    for (const field of state.config?.pre_chat ?? []) {
      const problem = this.#problem(field, given[field.name])
      if (problem) wrong[field.name] = problem
    }
    this.setState({ wrong })
    const first = Object.keys(wrong)[0]
    if (first) form.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
    else void chat.introduce(given)
  }

  override render({ state: { config, contact }, t }: Ui) {
    return (
      <form class="pre" noValidate onSubmit={this.#submit}>
        <h2>{config?.greeting}</h2>
        <p>{t.formTitle}</p>
        {config?.pre_chat.map(({ name, required }) => (
          <label key={name}>
            {t[name]}
            {!required && ` (${t.optional})`}
            <input
              name={name}
              inputMode={name === 'email' ? 'email' : 'text'}
              autocomplete={name}
              defaultValue={contact?.[name] ?? ''}
              required={required}
              aria-invalid={name in this.state.wrong}
            />
            <small class="wrong" role="alert">
              {this.state.wrong[name]}
            </small>
          </label>
        ))}
        <button type="submit" class="primary">
          {t.begin}
        </button>
      </form>
    )
  }
}

export class EmailCard extends Component<Ui, { wrong: boolean }> {
  override render({ state, chat, t }: Ui) {
    const { email, emailCard, online, config } = state
    if (emailCard === 'saved' && email) {
      return (
        <p class="bar" role="status">
          {t.emailSaved(email)}
        </p>
      )
    }
    if (emailCard !== 'ask') return null
    return (
      <form
        class="card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          this.setState({ wrong: !chat.email(values(event.currentTarget).email ?? '') })
        }}
      >
        <p>{online ? t.emailAsk : config?.offline || t.emailAway}</p>
        <div class="row">
          <input
            name="email"
            type="email"
            autocomplete="email"
            aria-label={t.email}
            placeholder="name@example.com"
            aria-invalid={this.state.wrong}
          />
          <button type="submit" class="primary">
            {t.emailSave}
          </button>
          <button type="button" class="quiet" onClick={() => chat.noEmail()}>
            {t.emailLater}
          </button>
        </div>
        <small class="wrong" role="alert">
          {this.state.wrong && t.emailWrong}
        </small>
      </form>
    )
  }
}
