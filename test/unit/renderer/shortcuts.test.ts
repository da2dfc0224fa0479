import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { h, ref } from 'vue'
import type { Component } from 'vue'
import { mount } from '@vue/test-utils'
import ShortcutSheet from '@renderer/components/shortcut-sheet.vue'
import { keyTexts, withKey, withScreenKey } from '@renderer/shortcuts/key-text'
import { isPressed, isPressedAnywhere, whichKey } from '@renderer/shortcuts/pressed'
import { shortcutGroups, shortcuts } from '@renderer/shortcuts/shortcut-table'
import type { Shortcut, ShortcutId } from '@renderer/shortcuts/shortcut-table'
import { texts } from '@renderer/texts/zh-CN'
import { read, sourceFiles } from '@test/meta/source-files'
import { settle, useDemoBridge } from './mount-page'

const ids = Object.keys(shortcuts) as ShortcutId[]
const keysOf = (id: ShortcutId): readonly string[] => (shortcuts[id] as Shortcut).keys

function pressOn(target: Element, key: string, held: Partial<KeyboardEventInit> = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...held })
  target.dispatchEvent(event)
  return event
}
const press = (key: string, held: Partial<KeyboardEventInit> = {}): KeyboardEvent =>
  pressOn(document.body, key, held)

/** The event of a combination as the table writes it. */
function eventOf(combination: string, held: Partial<KeyboardEventInit> = {}): KeyboardEvent {
  const parts = combination.split('+')
  return press(parts.at(-1)!, {
    ctrlKey: parts.includes('Ctrl'),
    altKey: parts.includes('Alt'),
    shiftKey: parts.includes('Shift'),
    ...held,
  })
}

describe('the table of shortcuts', () => {
  it('gives no combination twice within a group, nor one of the whole page to a group', () => {
    const everywhere = ids.filter((id) => shortcuts[id].group === 'app').flatMap(keysOf)
    for (const group of shortcutGroups) {
      const own = ids.filter((id) => shortcuts[id].group === group).flatMap(keysOf)
      expect(new Set(own).size, group).toBe(own.length)
      if (group !== 'app') expect(own.filter((key) => everywhere.includes(key))).toEqual([])
    }
  })

  it('is the only place that says which key does what, and says nothing that no code asks for', () => {
    const files = sourceFiles(['renderer'], ['.ts', '.vue']).filter((file) => !file.includes('/shortcuts'))
    const own = files.filter((file) =>
      /@keydown\.|@keyup\.|[eE]vent\.key\b.*===? '(?!Arrow)|\.key\.toLowerCase/.test(read(file)),
    )
    expect(own).toEqual([])
    const sources = files.map(read).join('\n')
    expect(ids.filter((id) => !sources.includes(`'${id}'`))).toEqual([])
  })
})

describe('a key', () => {
  it('is a shortcut in exactly its combinations', () => {
    for (const id of ids)
      for (const key of keysOf(id)) expect(isPressed(eventOf(key), id), `${id} ${key}`).toBe(true)
    expect(isPressed(press('s'), 'form.save')).toBe(false)
    expect(isPressed(press('S', { ctrlKey: true }), 'form.save')).toBe(true)
    expect(isPressed(press('s', { ctrlKey: true, shiftKey: true }), 'form.save')).toBe(false)
    expect(isPressed(press('s', { ctrlKey: true, altKey: true }), 'form.save')).toBe(false)
    expect(isPressed(press('s', { metaKey: true }), 'form.save')).toBe(true)
    expect(isPressed(press('?', { shiftKey: true }), 'app.sheet')).toBe(true)
    expect(isPressed(press('？', { shiftKey: true }), 'app.sheet')).toBe(true)
    expect(whichKey(press('3', { altKey: true }), 'app.screen')).toBe(2)
    expect(whichKey(press('0', { altKey: true }), 'app.screen')).toBeNull()
  })

  it('never acts while an input method composes, whatever it is', () => {
    for (const id of ids)
      for (const key of keysOf(id)) {
        expect(isPressed(eventOf(key, { isComposing: true }), id), `${id} ${key}`).toBe(false)
        // Some input methods say it only so.
        expect(isPressed(eventOf(key, { keyCode: 229 }), id), `${id} ${key}`).toBe(false)
      }
  })

  it('is typed where it can be typed; held with Ctrl or Alt it acts there too', () => {
    const input = document.createElement('input')
    const area = document.createElement('textarea')
    const box = document.createElement('input')
    box.type = 'checkbox'
    document.body.append(input, area, box)
    for (const field of [input, area]) {
      expect(isPressed(pressOn(field, '?', { shiftKey: true }), 'app.sheet')).toBe(false)
      expect(isPressed(pressOn(field, '/'), 'app.search')).toBe(false)
      expect(isPressed(pressOn(field, ' '), 'list.select')).toBe(false)
      expect(isPressed(pressOn(field, 'f', { ctrlKey: true }), 'app.search')).toBe(true)
      expect(isPressed(pressOn(field, 'Escape'), 'form.close')).toBe(true)
    }
    expect(isPressed(pressOn(box, '/'), 'app.search')).toBe(true)
    for (const field of [input, area, box]) field.remove()
  })

  it('stays with the dialog over the page; the guide opens from there too', () => {
    const overlay = document.createElement('div')
    overlay.className = 'el-overlay'
    overlay.innerHTML = '<div role="dialog" aria-modal="true"></div>'
    document.body.append(overlay)
    expect(isPressedAnywhere(press('1', { altKey: true }), 'app.screen')).toBe(false)
    expect(isPressedAnywhere(press('F1'), 'app.guide')).toBe(true)
    overlay.style.display = 'none'
    expect(isPressedAnywhere(press('1', { altKey: true }), 'app.screen')).toBe(true)
    overlay.remove()
  })

  it('is said in tooltips as it is printed', () => {
    expect(withKey('保存', 'form.save')).toBe('保存（Ctrl+S）')
    expect(withKey('上一条', 'form.previous')).toBe('上一条（Alt+↑）')
    expect(withScreenKey('批次', 'batches')).toBe('批次（Alt+5）')
    expect(keyTexts('app.screen')).toEqual(['Alt+1 … Alt+9'])
  })
})

describe('the sheet', () => {
  beforeEach(() => void useDemoBridge())
  afterEach(() => document.body.replaceChildren())

  it('shows every shortcut with its keys, finds one, and closes by the keys that opened it', async () => {
    const isOpen = ref(false)
    const toggle = (open: boolean): void => void (isOpen.value = open)
    mount(() => h(ShortcutSheet as Component, { modelValue: isOpen.value, 'onUpdate:modelValue': toggle }), {
      attachTo: document.body,
    })
    isOpen.value = true
    await settle()
    const terms = [...document.querySelectorAll('.el-dialog dt')].map((term) => term.textContent)
    expect(terms).toEqual(
      shortcutGroups.flatMap((group) =>
        ids.filter((id) => shortcuts[id].group === group).map((id) => texts.shortcuts.does[id]),
      ),
    )
    const box = document.querySelector<HTMLInputElement>('.el-dialog input')!
    box.value = '再建一条'
    box.dispatchEvent(new Event('input'))
    await settle()
    expect(document.querySelectorAll('.el-dialog dt')).toHaveLength(1)
    pressOn(box, '?')
    expect(isOpen.value).toBe(true)
    pressOn(box, '/', { ctrlKey: true })
    await settle()
    expect(isOpen.value).toBe(false)
  })
})
