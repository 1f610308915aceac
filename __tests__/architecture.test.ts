import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { FAILSAFE_SCHEMA, load } from 'js-yaml'
import { circlesOf, interfacesIn, isPropertyUsed, ROOT, readSource, readSources } from './support/sources.ts'

/*
 * The testable rules in CONTRIBUTING.md about the structure of `src/`. Each rule is data. A file that violates a rule
 * is listed with the rule by name; an entry that is no longer needed fails the test, so that it is removed.
 */

/**
 * From the ground up. Each row of a floor is a room: a list of folders and files. A file may import from its own room
 * and from every lower floor. The longest matching path determines the room of a file.
 */
const FLOORS: readonly (readonly (readonly string[])[])[] = [
  [['run/', 'node-version.ts', 'version.ts']],
  [['control-plane/'], ['runner/']],
  [['github/'], ['archive/'], ['registry/']],
  [['deployment/']],
  [['inputs/'], ['report/']],
  [['feedback/']],
  [['rollout/']],
  [['open.ts', 'open-run.ts', 'settle.ts', 'failure.ts']],
  [['commands/']],
  [['main.ts'], ['post.ts']],
  [['main-start.ts'], ['post-start.ts']],
  [['index.ts'], ['post-entry.ts']]
]

/** Code that may occur in only one file or folder. */
interface OnePlace {
  readonly what: string
  readonly pattern: RegExp
  /** The allowed folder or file; if absent, any single file. */
  readonly home?: string
  /** The exceptions, in alphabetical order. */
  readonly elsewhere: readonly string[]
}

const ONE_PLACE: readonly OnePlace[] = [
  {
    what: 'the environment of the process',
    pattern: /\bprocess\.env\b/,
    home: 'runner/',
    elsewhere: ['control-plane/trust.ts', 'post-entry.ts', 'post-start.ts']
  },
  { what: 'the registration of a mask', pattern: /\bsetSecret\(|add-mask/, home: 'runner/', elsewhere: [] },
  {
    what: 'the text that replaces a secret',
    pattern: /['`}]\*\*\*['`]/,
    home: 'runner/text-search.ts',
    elsewhere: []
  },
  {
    what: 'the message of an unknown error',
    pattern: /instanceof Error \?/,
    home: 'run/error-message.ts',
    elsewhere: []
  },
  { what: 'the transient statuses', pattern: /\b(?:408|429)\b/, home: 'control-plane/patience.ts', elsewhere: [] },
  { what: 'the largest archive', pattern: /\b200 \* (1024|MIB|MiB)\b|209_715_200/, elsewhere: [] },
  { what: 'the name in the User-Agent', pattern: /`langsmith-deploy-action\//, home: 'version.ts', elsewhere: [] },
  { what: 'a timer', pattern: /\bsetTimeout\b|timers\/promises/, elsewhere: [] }
]

/**
 * Files of the lowest floors whose texts name an input, although advice about inputs belongs to higher floors.
 * `hosts.ts` converts an address to the corresponding input.
 */
const NAMES_AN_INPUT: readonly string[] = ['control-plane/hosts.ts', 'control-plane/logs.ts', 'github/failure.ts']

const LONGEST_FUNCTION = 60

/** Names without a clear meaning. */
const VAGUE = /^(?:Wish|Traces|Job|Situation|Faulty|Deciding|Surroundings)$/

const SOURCES = readSources()
const inFile = (place: string, name: string) => (place.endsWith('/') ? name.startsWith(place) : name === place)
const { inputs } = load(readFileSync(path.join(ROOT, 'action.yml'), 'utf8'), { schema: FAILSAFE_SCHEMA }) as {
  readonly inputs: Readonly<Record<string, unknown>>
}

/** Returns the floor and the room of a file. */
function roomOf(name: string): readonly [floor: number, room: number] | undefined {
  const rooms = FLOORS.flatMap((floor, level) =>
    floor.flatMap((room, index) => room.map((place) => ({ place, found: [level, index] as const })))
  )
  const fitting = rooms.filter(({ place }) => inFile(place, name))
  return fitting.sort((one, other) => other.place.length - one.place.length)[0]?.found
}

function isUpward(from: string, to: string): boolean {
  const [floor, room] = roomOf(from) ?? [-1, 0]
  const [toFloor, toRoom] = roomOf(to) ?? [-1, 0]
  return toFloor > floor || (toFloor === floor && toRoom !== room)
}

describe('the folders of src', () => {
  test('have each file on one floor', () => {
    expect(SOURCES.filter(({ name }) => !roomOf(name)).map(({ name }) => name)).toEqual([])
  })

  test('import only from lower floors', () => {
    const found = SOURCES.flatMap(({ name, imports }) =>
      imports.filter((to) => isUpward(name, to)).map((to) => `${name} > ${to}`)
    )
    expect(found).toEqual([])
  })

  test('have no circular imports', () => {
    expect(circlesOf(SOURCES).map((group) => group.join(' '))).toEqual([])
  })
})

describe('the sources', () => {
  test.each(ONE_PLACE)('contain $what in one file or folder', ({ pattern, home, elsewhere }) => {
    const found = SOURCES.filter(({ code }) => pattern.test(code)).map(({ name }) => name)
    if (home) {
      expect(found.some((name) => inFile(home, name))).toBe(true)
      expect(found.filter((name) => !inFile(home, name))).toEqual(elsewhere)
    } else {
      expect(found.filter((name) => elsewhere.includes(name))).toEqual(elsewhere)
      expect(found.filter((name) => !elsewhere.includes(name)).slice(1)).toEqual([])
    }
  })

  test('name no input below the domain', () => {
    const names = new RegExp(`\\\\?\`(?:${Object.keys(inputs).join('|')})(?:\\\\?\`|: )`)
    const domain = roomOf('deployment/')?.[0] ?? 0
    const below = SOURCES.filter(({ name }) => (roomOf(name)?.[0] ?? 0) < domain && !inFile('archive/', name))
    expect(below.filter(({ code }) => names.test(code)).map(({ name }) => name)).toEqual(NAMES_AN_INPUT)
  })
})

describe('the declarations of src', () => {
  const all = SOURCES.flatMap(({ name: file, declared }) => declared.map((one) => ({ ...one, file })))

  test(`have no function of more than ${LONGEST_FUNCTION} lines`, () => {
    const long = all.filter(({ kind, lines }) => kind === 'function' && lines > LONGEST_FUNCTION)
    expect(long.map(({ file, name }) => `${file} ${name}`)).toEqual([])
  })

  test('in control-plane/errors.ts are classes that state facts without advice', () => {
    const kinds = all.filter(({ file }) => file === 'control-plane/errors.ts').map(({ kind }) => kind)
    expect([...new Set(kinds)].sort()).toEqual(['class', 'const', 'type'])
  })

  test('have domain names', () => {
    expect(all.filter(({ name }) => VAGUE.test(name)).map(({ file, name }) => `${file} ${name}`)).toEqual([])
  })

  // Constants of one file, such as EXAMPLE, may share a name. Durations must not, because they are policies.
  test('have unambiguous names', () => {
    const counted = all.filter(({ kind, name, isExported }) => isExported || kind !== 'const' || name.endsWith('_MS'))
    const taken = new Map<string, Set<string>>()
    for (const { name, file } of counted) taken.set(name, (taken.get(name) ?? new Set()).add(file))
    const alike = [...taken].filter(([, files]) => files.size > 1).map(([name]) => name)
    expect(alike.sort()).toEqual([])
  })
})

describe('the inputs', () => {
  const textOf = (isWanted: (name: string) => boolean) =>
    SOURCES.filter(({ name }) => isWanted(name))
      .map(({ code }) => code)
      .join('\n')
  const outside = textOf((name) => !inFile('inputs/', name))
  const interfaces = interfacesIn(textOf((name) => inFile('inputs/', name)))

  /** Returns the properties of an interface, including inherited ones. */
  const propertiesOf = (wanted: string): readonly string[] =>
    interfaces
      .filter(({ name }) => name === wanted)
      .flatMap(({ parents, properties }) => [...properties, ...parents.flatMap(propertiesOf)])

  test.each(interfaces.map(({ name }) => name).filter((name) => name.endsWith('Config')))(
    'are used outside of their folder: %s',
    (name) => {
      const properties = propertiesOf(name)
      expect(properties).toContain('timeoutMs')
      expect(properties.filter((property) => !isPropertyUsed(outside, property))).toEqual([])
    }
  )

  test('are used in the code of a source', () => {
    const ofSources = interfacesIn(textOf((file) => inFile('deployment/sources/', file)))
    const unused = ofSources
      .filter(({ name }) => /.Inputs$/.test(name))
      .flatMap(({ name, properties }) => properties.map((property) => ({ name, property })))
      .filter(({ property }) => !isPropertyUsed(outside, property))
    expect(unused).toEqual([])
  })
})

describe('the rules', () => {
  test('read imports, code and declarations', () => {
    const text = [
      "import { type A, b } from './b.ts'",
      "import type { C } from '../control-plane/c.ts'",
      "import path from 'node:path'",
      '/** Not process.env. */',
      'export async function one({',
      '  a',
      '}: A): Promise<void> {',
      '  // Not 408, 429.',
      "  const { d } = await import('./d.ts')",
      '}',
      '',
      'const TWO =',
      "  '}'",
      'type Three = {',
      '  readonly a: string',
      '}',
      ''
    ].join('\n')
    const { imports, code, declared } = readSource('commands/a.ts', text)
    expect(imports).toEqual(['commands/b.ts', 'control-plane/c.ts', 'commands/d.ts'])
    expect(code).not.toMatch(/process\.env|408/)
    expect(declared).toEqual([
      { kind: 'function', name: 'one', isExported: true, lines: 6 },
      { kind: 'const', name: 'TWO', isExported: false, lines: 2 },
      { kind: 'type', name: 'Three', isExported: false, lines: 3 }
    ])
  })

  test('read the properties of an interface, and distinguish a use from a declaration', () => {
    const text =
      'export interface A extends B, Pick<C, "d"> {\n  readonly one: string\n  readonly two?: {\n    readonly deep: string\n  }\n}\n'
    expect(interfacesIn(text)).toEqual([{ name: 'A', parents: ['B', 'Pick', 'C'], properties: ['one', 'two'] }])
    expect(isPropertyUsed(text, 'one')).toBe(false)
    expect(isPropertyUsed(`${text}const { one } = a`, 'one')).toBe(true)
  })

  test('find the members of a circle, and no file that only imports them', () => {
    const files = [
      { name: 'a', imports: ['b'] },
      { name: 'b', imports: ['c'] },
      { name: 'c', imports: ['b'] }
    ]
    expect(circlesOf(files)).toEqual([['b', 'c']])
  })

  test.each([
    ['commands/deploy.ts', 'deployment/plan.ts', false],
    ['deployment/plan.ts', 'commands/deploy.ts', true],
    ['archive/tar.ts', 'deployment/plan.ts', true],
    ['deployment/plan.ts', 'archive/tar.ts', false],
    ['deployment/plan.ts', 'deployment/sources/source.ts', false],
    ['archive/tar.ts', 'github/session.ts', true],
    ['rollout/agent-server/probe.ts', 'report/reporter.ts', false],
    ['control-plane/network.ts', 'github/session.ts', true],
    ['run/record.ts', 'run/limits.ts', false],
    ['github/session.ts', 'feedback/feedback.ts', true],
    ['post.ts', 'main.ts', true]
  ])('know the direction from %s to %s', (from, to, upward) => {
    expect(isUpward(from, to)).toBe(upward)
  })
})
