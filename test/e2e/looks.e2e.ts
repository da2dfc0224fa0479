import { expect, test } from './demo-desk'
import { screenStates } from './screen-states'

// A picture that differs says more than a trace.
test.use({ trace: 'off' })

/** States whose pictures are kept under `looks/`, by the name of the file. */
const pictures: Readonly<Record<string, string>> = {
  desk: 'desk',
  records: 'records',
  form: 'form, with errors',
  'import-preview': 'import, preview',
  closing: 'closing',
  inbox: 'inbox',
  publicity: 'publicity',
  batches: 'batches',
  reports: 'reports',
  settings: 'settings, section 1',
}
const inDark: readonly string[] = ['desk', 'form']

for (const [file, name] of Object.entries(pictures)) {
  for (const look of inDark.includes(file) ? (['light', 'dark'] as const) : (['light'] as const)) {
    test(`${file} looks as it did, ${look}`, async ({ desk }) => {
      const state = screenStates.find((one) => one.name === name)!
      await desk.wear(look)
      await desk.open(state.place, state.demo)
      await state.reach?.(desk.page)
      await desk.page.mouse.move(0, 0)
      await expect(desk.page).toHaveScreenshot(`${file}${look === 'dark' ? '-dark' : ''}.png`)
    })
  }
}
