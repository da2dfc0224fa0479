/** Parts of the user guide: the anchors of its page. */
export const guideSections = [
  'first',
  'import',
  'form',
  'closing',
  'inbox',
  'batches',
  'publicity',
  'reports',
  'deadline',
  'settings',
  'trouble',
] as const
export type GuideSection = (typeof guideSections)[number]

/** Where both hosts serve the files of the guide, beside the page. */
export const GUIDE_PATH = '/guide/'

/** The address of a part of the guide, from the root of a host. */
export const guideAddress = (section: GuideSection): string => `${GUIDE_PATH}index.html#${section}`
