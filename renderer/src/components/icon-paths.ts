/** The own icon set: strokes on a 16 x 16 field. */
export const iconPaths = {
  desk: ['M2 7l6-5 6 5v7H2z'],
  records: ['M2 3h12M2 8h12M2 13h12'],
  import: ['M8 2v8M5 7l3 3 3-3M2 13h12'],
  inbox: ['M2 4h12v8H6l-4 2z'],
  batches: ['M2 5l6-3 6 3-6 3zM2 8l6 3 6-3M2 11l6 3 6-3'],
  publicity: ['M2 3h12v8H2z', 'M8 11v3M5 14h6', 'M5 6h6M5 8.5h4'],
  reports: ['M2 14h12', 'M4 14V9M8 14V4M12 14V7'],
  reference: ['M3 3.5a2 2 0 0 1 2-2h8v10H5a2 2 0 0 0-2 2z', 'M3 13.5a1.5 1.5 0 0 0 1.5 1.5H13v-3.5'],
  settings: ['M2 4h6M12 4h2M2 12h2M8 12h6', 'M10 2.5v3', 'M6 10.5v3'],
  search: ['M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10z', 'M11 11l3 3'],
  close: ['M4 4l8 8M12 4l-8 8'],
  check: ['M3 8.5l3.2 3L13 4.5'],
  warn: ['M8 2.5l6 11H2z', 'M8 7v3M8 12v.1'],
  info: ['M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z', 'M8 7.5V11M8 5v.1'],
  help: [
    'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z',
    'M6.2 6.4a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.2',
    'M8 11.2v.1',
  ],
  plus: ['M8 3v10M3 8h10'],
  calendar: ['M3 3h10v11H3zM3 6.5h10M6 1.5v3M10 1.5v3'],
  eye: [
    'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z',
    'M8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z',
  ],
  eyeOff: [
    'M2 2l12 12',
    'M6.3 3.7A6.9 6.9 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a11 11 0 0 1-1.8 2.2M4 4.8A10.6 10.6 0 0 0 1.5 8S4 12.5 8 12.5c1.1 0 2.1-.3 3-.8',
  ],
  previous: ['M10 3L5 8l5 5'],
  next: ['M6 3l5 5-5 5'],
  down: ['M3 6l5 5 5-5'],
  refresh: ['M13.5 8a5.5 5.5 0 1 1-1.7-4', 'M13.5 2v3h-3'],
  send: ['M14 2L2 7l4.5 2.5L9 14z', 'M14 2L6.5 9.5'],
  file: ['M4 1.5h5.5L13 5v9.5H4z', 'M9.5 1.5V5H13'],
  print: ['M4.5 6V2h7v4M4.5 11H2.5V6h11v5h-2', 'M4.5 9.5h7V14h-7z'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** The name of an icon of the own set. */
export type IconName = keyof typeof iconPaths
