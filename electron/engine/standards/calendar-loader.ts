import { parseCalendar } from '@shared/calendar/calendar-schema'
import { workingCalendar, type WorkingCalendar } from '@shared/calendar/working-days'
import { refuse } from '@shared/kernel/failure'
import { basename, dirname } from 'node:path'
import { readJson } from './json-file'

/** Reads, validates and merges a calendar file. Throws `calendar.invalid` with `path` and `reason`. */
export function loadCalendar(file: string): WorkingCalendar {
  const name = basename(file)
  if (!name.endsWith('.json')) refuse('calendar.invalid', { path: name, reason: 'not a JSON file' })
  return workingCalendar(parseCalendar(readJson(dirname(file), name, 'calendar.invalid')))
}
