// A page that stands for the shop's own: it loads the chat exactly as the shop's page would.
const wanted = new URLSearchParams(location.search)
const script = document.createElement('script')
script.src = '/widget/loader.js'
script.dataset.key = wanted.get('key') ?? ''
script.dataset.locale = wanted.get('locale') ?? ''
document.body.append(script)
