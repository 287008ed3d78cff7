/** Whether this browser is woken: its side of it. */
const registered = async () =>
  'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined

export async function subscriptionHere(): Promise<PushSubscription | null> {
  const found = await registered().catch(() => undefined)
  return (await found?.pushManager?.getSubscription()) ?? null
}

/** The push service forgets this browser; the server forgets it with the session. */
export async function stopBeingWoken(): Promise<void> {
  const subscription = await subscriptionHere().catch(() => null)
  await subscription?.unsubscribe().catch(() => undefined)
  await navigator.clearAppBadge?.().catch(() => undefined)
}
