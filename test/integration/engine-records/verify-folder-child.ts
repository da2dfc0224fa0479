/** Checks one data folder again and again and says how often it was refused; several of these run at once. */
import { verifyDataFolder } from '@engine/repos/data-folder'

const [folder = ''] = process.argv.slice(2)
let refused = 0
for (let i = 0; i < 2_000; i++) {
  try {
    verifyDataFolder(folder)
  } catch {
    refused++
  }
}
process.send?.(refused)
