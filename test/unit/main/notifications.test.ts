import { expect, test } from 'vitest'
import { newShell } from './shell-under-test'

test('the reminder of the day is a notification of the system; a click brings the window to the front', async () => {
  const shell = await newShell()
  await shell.start()
  const { fake } = shell.electron
  const window = fake.windows[0]!
  shell.engines.emit('records.changed', { recordIds: null })
  expect(fake.notifications).toEqual([])
  shell.engines.emit('reminder.due', { date: '2026-11-20', count: 7 })
  await expect
    .poll(() => fake.notifications.map(({ options }) => options['body']))
    .toEqual(['今天还有 7 件到期没有报送，请打开信报日结。'])
  // The page hears it too, for its band.
  expect(window.webContents.sent.at(-1)).toEqual([
    ...['xinbao:event', 'reminder.due', { date: '2026-11-20', count: 7 }],
  ])
  window.minimized = true
  const focuses = window.focuses
  fake.notifications[0]!.emit('click')
  expect([window.minimized, window.focuses]).toEqual([false, focuses + 1])
})

test('where the system shows no notifications nothing breaks', async () => {
  const shell = await newShell()
  await shell.start()
  shell.electron.Notification.supported = false
  shell.engines.emit('reminder.due', { date: '2026-11-20', count: 7 })
  await expect.poll(() => shell.electron.fake.windows[0]!.webContents.sent.at(-1)?.[1]).toBe('reminder.due')
  expect(shell.electron.fake.notifications).toEqual([])
})
