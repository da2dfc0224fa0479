import { BrowserWindow } from 'electron'
import { guideAddress } from '@shared/contract/guide-pages'
import type { GuideSection } from '@shared/contract/guide-pages'
import { hostTexts } from '@shared/texts/zh-CN/hosts'
import { PAGE_ORIGIN } from './page-address'
import { guideWebPreferences } from './security'
import { showWindow } from './window'

/** Shows parts of the user guide; one window at a time, beside that of the client. */
export function createGuideWindow(icon: string, isPackaged: boolean): (section: GuideSection) => void {
  let window: BrowserWindow | null = null
  return (section) => {
    if (window === null || window.isDestroyed()) {
      window = new BrowserWindow({
        title: hostTexts.guideTitle,
        icon,
        width: 1040,
        height: 760,
        autoHideMenuBar: true,
        webPreferences: guideWebPreferences(isPackaged),
      })
    }
    void window.loadURL(PAGE_ORIGIN + guideAddress(section))
    showWindow(window)
  }
}
