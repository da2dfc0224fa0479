import { BrowserWindow } from 'electron'
import { hostTexts } from '@shared/texts/zh-CN/hosts'
import { pageWebPreferences } from './security'

/** A page that dies this often in one session is not reloaded again. */
const MAX_RELOADS = 3

/** Opens the window; it shows when the page has something to show. */
export function openWindow(options: {
  readonly preload: string
  readonly icon: string
  readonly pageUrl: string
  readonly isPackaged: boolean
  readonly onPageLost: (reason: string) => void
}): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    title: hostTexts.productName,
    icon: options.icon,
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    autoHideMenuBar: true,
    webPreferences: pageWebPreferences(options.preload, options.isPackaged),
  })
  window.once('ready-to-show', () => window.show())
  let reloads = 0
  window.webContents.on('render-process-gone', (_event, details) => {
    options.onPageLost(details.reason)
    if (details.reason !== 'clean-exit' && ++reloads <= MAX_RELOADS) window.webContents.reload()
  })
  void window.loadURL(options.pageUrl)
  return window
}

/** Brings a window to the front. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
