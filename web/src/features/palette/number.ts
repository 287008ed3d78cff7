/** `#1042`, `1042`, `＃1042`: somebody wants that ticket. */
export function ticketNumber(typed: string): number | null {
  const digits = /^[#＃]?\s*(\d{1,12})$/.exec(typed.trim())?.[1]
  return digits ? Number(digits) : null
}
