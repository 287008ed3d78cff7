// Offers articles while somebody writes a request. Everything else works without a script.
(() => {
  const place = document.getElementById('suggested')
  if (!place) return
  const fields = ['subject', 'message'].map((id) => document.getElementById(id))
  let timer = 0
  let asked = ''
  const show = (items) => {
    place.replaceChildren()
    if (!items.length) return
    const title = document.createElement('p')
    title.textContent = place.dataset.title
    const list = document.createElement('ul')
    for (const item of items) {
      const link = document.createElement('a')
      link.href = item.url
      link.target = '_blank'
      link.rel = 'noopener'
      link.textContent = item.title
      const line = document.createElement('li')
      line.append(link)
      list.append(line)
    }
    place.append(title, list)
  }
  const ask = async () => {
    const words = fields.map((field) => field?.value ?? '').join(' ').trim().slice(0, 500)
    if (words.length < 2 || words === asked) return
    asked = words
    const query = new URLSearchParams({ q: words, locale: place.dataset.locale })
    try {
      const answer = await fetch(`${place.dataset.url}?${query}`)
      if (answer.ok && words === asked) show((await answer.json()).items)
    } catch {
      // Without a network there is nothing to offer; the form still works.
    }
  }
  const later = (event) => {
    if (event.isComposing) return
    clearTimeout(timer)
    timer = setTimeout(ask, 350)
  }
  for (const field of fields) {
    field?.addEventListener('input', later)
    field?.addEventListener('compositionend', later)
  }
})()
