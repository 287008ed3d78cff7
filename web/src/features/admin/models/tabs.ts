const tabs = ['servers', 'privacy', 'sent'] as const
export type ModelsTab = (typeof tabs)[number]

export const isModelsTab = (name: unknown): name is ModelsTab =>
  (tabs as readonly unknown[]).includes(name)
