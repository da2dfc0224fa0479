/** Which files an `attach` command means: judged as text first, so that no share is ever asked for anything. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { pathObjection } from '@shared/domain/attachment'
import { refuse } from '@shared/kernel/failure'
import { fill } from '@shared/texts/fill'
import { attachmentPathTexts } from '@shared/texts/zh-CN/attachments'
import { usageTexts } from '@shared/texts/zh-CN/cli'
import type { AttachmentSource } from '@engine/services/attachments-service'

const MOST_LIST_BYTES = 64 * 1024

/** Refuses `attachment.path-refused` for what must not even be looked at. */
function requireLocal(path: string, isListed: boolean): void {
  const objection = pathObjection(path, isListed)
  if (objection !== null) refuse('attachment.path-refused', { path, detail: attachmentPathTexts[objection] })
}

const kindAt = (path: string): 'link' | 'folder' | 'other' => {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found?.isSymbolicLink() === true) return 'link'
  return found?.isDirectory() === true ? 'folder' : 'other'
}

/** What is below a folder under a written path; refuses `attachment.link` when a link stands on the way. */
function below(folder: string, written: string): string {
  let path = folder
  for (const step of written.split(/[\\/]/).filter((part) => part !== '' && part !== '.')) {
    path = join(path, step)
    if (kindAt(path) === 'link') refuse('attachment.link', { file: written })
  }
  return path
}

/** The lines of a list in UTF-8, blank ones left out; refuses `usage.invalid`. */
function linesOf(list: string): readonly string[] {
  const refuseList = (): never =>
    refuse('usage.invalid', { detail: fill(usageTexts.attachList, { file: basename(list) }) })
  const found = lstatSync(list, { throwIfNoEntry: false })
  if (found?.isFile() !== true || found.size > MOST_LIST_BYTES) return refuseList()
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(list))
    return text
      .split(/\r\n|\n|\r/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
  } catch {
    return refuseList()
  }
}

/** The files of a folder by name, without its subfolders; links stay in, to be refused by name. */
const filesIn = (folder: string): readonly AttachmentSource[] =>
  readdirSync(folder)
    .sort()
    .map((name) => ({ path: join(folder, name), name }))
    .filter(({ path }) => kindAt(path) !== 'folder')

/**
 * The files that paths and the lines of a list stand for; a folder stands for its files. Every path is judged as text
 * before the first of them is looked at. Refuses `attachment.path-refused`, `attachment.link`, `usage.invalid`.
 */
export function attachmentSources(
  paths: readonly string[],
  listPath: string | null,
): readonly AttachmentSource[] {
  for (const path of [...paths, ...(listPath === null ? [] : [listPath])]) requireLocal(path, false)
  const listed = listPath === null ? [] : linesOf(resolve(listPath))
  for (const line of listed) requireLocal(line, true)
  const typed = paths.flatMap((written): readonly AttachmentSource[] => {
    const path = resolve(written)
    return kindAt(path) === 'folder' ? filesIn(path) : [{ path, name: basename(path) }]
  })
  const folder = listPath === null ? '' : dirname(resolve(listPath))
  const named = listed.map((line): AttachmentSource => {
    const path = below(folder, line)
    return { path, name: basename(path) }
  })
  return [...typed, ...named]
}
