const tabs = ['skills', 'people', 'rules', 'priority', 'teams', 'weights'] as const
export type AssignmentTab = (typeof tabs)[number]

export const isAssignmentTab = (name: unknown): name is AssignmentTab =>
  (tabs as readonly unknown[]).includes(name)
