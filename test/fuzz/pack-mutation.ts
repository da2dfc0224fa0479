import type { Seeded } from './seeded'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

const nested = (depth: number): Json => (depth === 0 ? 0 : [nested(depth - 1)])

const values = (random: Seeded): Json =>
  random.pick<Json>([
    ...[
      null,
      true,
      false,
      0,
      -1,
      1,
      1.5,
      1e308,
      2 ** 53,
      '',
      'x',
      '0',
      '__proto__',
      'constructor',
      '\ud800',
      '\u0000',
    ],
    ...[
      '(a+)+$',
      '(a|a)*b',
      '[',
      '^.*.*.*$',
      'a{1000000}',
      '{label}{value}{x}',
      '2026-02-30',
      '9999-12-31',
      'XK_JDRQ',
    ],
    ...[[], {}, [[]], nested(2_000), 'x'.repeat(100_000), Array.from({ length: 500 }, () => 'x')],
  ])

/** A place in a JSON value: the container and the member that is to change. */
interface Place {
  readonly holder: Json[] | Record<string, Json>
  readonly key: string
}

/** A place found by walking down at random, so that places deep down are met as often as those near the root. */
function somePlace(root: Json, random: Seeded): Place | null {
  let place: Place | null = null
  let value: Json = root
  for (;;) {
    if (typeof value !== 'object' || value === null) return place
    const keys = Object.keys(value)
    if (keys.length === 0 || (place !== null && random.chance(0.12))) return place
    const key = random.pick(keys)
    place = { holder: value as Record<string, Json>, key }
    value = (value as Record<string, Json>)[key]!
  }
}

function change({ holder, key }: Place, root: Json, random: Seeded): void {
  const members = holder as Record<string, Json>
  switch (random.below(6)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1)
      else delete members[key]
      return
    case 1:
      members[key] = values(random)
      return
    case 2:
      if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]!))
      else members[random.pick(['x', '', 'constructor', `${key}2`])] = structuredClone(members[key]!)
      return
    case 3: {
      const other = somePlace(root, random)
      if (other !== null) members[key] = structuredClone((other.holder as Record<string, Json>)[other.key]!)
      return
    }
    case 4: {
      const text = members[key]
      if (typeof text === 'string') members[key] = text.slice(0, random.below(text.length + 1))
      else if (typeof text === 'number') members[key] = text * random.pick([-1, 0, 1e6, 0.5])
      return
    }
    default:
      if (Array.isArray(holder)) holder.reverse()
      else
        Object.defineProperty(members, '__proto__', {
          value: values(random),
          enumerable: true,
          configurable: true,
          writable: true,
        })
  }
}

/** A pack with a few of its members changed, lost, doubled or swapped; the given one stays as it is. */
export function mutatePack(pack: object, random: Seeded): object {
  const root = structuredClone(pack) as Json
  random.times(4, () => {
    const place = somePlace(root, random)
    if (place !== null) change(place, root, random)
  })
  return root as object
}
