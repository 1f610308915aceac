import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { FAILSAFE_SCHEMA, load } from 'js-yaml'
import { circlesOf, ROOT, readSource, readSources } from './support/sources.ts'

/*
 * What CONTRIBUTING.md says of the structure of `src/`, as far as a test can hold it. Each rule is data. A file that does
 * not keep a rule yet is listed with it by name; an entry that is not needed any more fails the test, so it is removed.
 */

/**
 * From the ground up. Each row of a floor is a room, by the paths of its folders and files. A file may import from its own
 * room and from every lower floor. The longest path that fits counts.
 */
const FLOORS: readonly (readonly (readonly string[])[])[] = [
  [
    [
      'run/',
      'limits.ts',
      'node-version.ts',
      'object.ts',
      'place.ts',
      'readable-file.ts',
      'secret-name.ts',
      'version.ts'
    ]
  ],
  [['control-plane/'], ['github/'], ['runner/', 'variable-name.ts']],
  [['archive/', 'deployment/archive/'], ['registry/']],
  [['deployment/', 'deployment/sources/']],
  [['inputs/', 'inputs.ts'], ['report/']],
  [['feedback/']],
  [['rollout/', 'agent-server/']],
  [['open.ts', 'settle.ts', 'failure.ts', 'interruption.ts', 'memory.ts']],
  [['commands/']],
  [['main.ts'], ['post.ts']],
  [['main-start.ts'], ['post-start.ts']],
  [['index.ts'], ['post-entry.ts']]
]

/** Imports that go up, or to another room of the same floor. */
const UPWARD: readonly string[] = [
  'control-plane/transport.ts > report/duration.ts',
  'github/failure.ts > control-plane/network.ts',
  'github/failure.ts > control-plane/patience.ts',
  'github/session.ts > control-plane/network.ts',
  'interruption.ts > commands/context.ts'
]

/** Files that import each other in a circle. */
const CIRCLES: readonly string[] = [
  'control-plane/errors.ts control-plane/resources.ts',
  'inputs.ts inputs/ruling.ts inputs/secrets.ts inputs/source.ts',
  'report/fact-rows.ts report/outputs.ts report/summary.ts'
]

/** What may stand in one place only. */
interface OnePlace {
  readonly what: string
  readonly pattern: RegExp
  /** The folder or file where it may stand; without it, any one file. */
  readonly home?: string
  /** The files in which it stands all the same; in order. */
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
  { what: 'the text that stands for a secret', pattern: /'\*\*\*'/, home: 'runner/mask.ts', elsewhere: [] },
  {
    what: 'what an unknown error says',
    pattern: /error instanceof Error \?/,
    elsewhere: [
      'commands/display-name.ts',
      'commands/follow.ts',
      'commands/put-back.ts',
      'commands/rollback.ts',
      'control-plane/errors.ts',
      'deployment/log-stream.ts',
      'github/failure.ts',
      'main.ts',
      'post-start.ts',
      'post.ts',
      'report/reporter.ts'
    ]
  },
  { what: 'the statuses that pass', pattern: /\b408, 429\b|\b429, 408\b/, elsewhere: ['interruption.ts', 'post.ts'] },
  { what: 'the largest archive', pattern: /\b200 \* (1024|MIB|MiB)\b|209_715_200/, elsewhere: [] },
  {
    what: 'the name in the User-Agent',
    pattern: /langsmith-deploy-action\//,
    elsewhere: []
  },
  { what: 'a timer', pattern: /\bsetTimeout\b|timers\/promises/, elsewhere: [] }
]

/** Files of the lowest floors whose texts name an input: what to write instead is told by those who know the inputs. */
const NAMES_AN_INPUT: readonly string[] = ['control-plane/logs.ts', 'github/failure.ts']

const LONGEST_FUNCTION = 60
/** As file and name. */
const LONGER: readonly string[] = [
  'commands/put-back.ts putBack',
  'control-plane/client.ts createClient',
  'control-plane/transport.ts createTransport',
  'deployment/apply.ts apply',
  'deployment/log-stream.ts createLogStream',
  'deployment/sources/external-docker.ts externalDockerSource',
  'deployment/sources/internal-source.ts internalSource',
  'github/session.ts createGithubSession',
  'report/reporter.ts createReporter'
]

/** Words that do not say what a thing is. */
const VAGUE = /^(?:Wish|Traces|Job|Situation|Faulty|Deciding|Surroundings)$/
const VAGUE_NAMES: readonly string[] = [
  'agent-server/health.ts Faulty',
  'control-plane/faults.ts Surroundings',
  'deployment/apply.ts Situation',
  'deployment/plan.ts Wish',
  'inputs/ruling.ts Wish'
]

/**
 * Names with two meanings. A constant that only its file knows, such as EXAMPLE, may have a namesake; a length of time
 * may not, since it is a policy.
 */
const NAMESAKES: readonly string[] = [
  'EndedRun',
  'HEARTBEAT_MS',
  'Kind',
  'LONGEST_PAUSE_MS',
  'REQUEST_MS',
  'RolledOut',
  'SHORTEST_PAUSE_MS',
  'Streak',
  'Subject',
  'Target',
  'Variables',
  'Wanted',
  'Wish',
  'Words',
  'addressOf',
  'adviceFor',
  'choose',
  'commitOf',
  'describe',
  'exists',
  'failureOf',
  'faultOf',
  'findCause',
  'isDigest',
  'isLatest',
  'isMissing',
  'isOfRunner',
  'isPassing',
  'isRepository',
  'isTag',
  'judge',
  'look',
  'messageOf',
  'nameIn',
  'neverAppeared',
  'parseJson',
  'partsOf',
  'passes',
  'placeOf',
  'plain',
  'readText',
  'reasonOf',
  'settle',
  'shortened',
  'shown',
  'unchanged',
  'unclear',
  'unquoted',
  'withParents'
]

const SOURCES = readSources()
const inFile = (place: string, name: string) => (place.endsWith('/') ? name.startsWith(place) : name === place)
const { inputs } = load(readFileSync(path.join(ROOT, 'action.yml'), 'utf8'), { schema: FAILSAFE_SCHEMA }) as {
  readonly inputs: Readonly<Record<string, unknown>>
}

/** Floor and room of a file. */
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

  test('import from lower floors alone', () => {
    const found = SOURCES.flatMap(({ name, imports }) =>
      imports.filter((to) => isUpward(name, to)).map((to) => `${name} > ${to}`)
    )
    expect(found).toEqual(UPWARD)
  })

  test('have no circle of imports', () => {
    expect(circlesOf(SOURCES).map((group) => group.join(' '))).toEqual(CIRCLES)
  })
})

describe('one place has', () => {
  test.each(ONE_PLACE)('$what', ({ pattern, home, elsewhere }) => {
    const found = SOURCES.filter(({ code }) => pattern.test(code)).map(({ name }) => name)
    if (home) {
      expect(found.filter((name) => !inFile(home, name))).toEqual(elsewhere)
    } else {
      expect(found.filter((name) => elsewhere.includes(name))).toEqual(elsewhere)
      expect(found.filter((name) => !elsewhere.includes(name)).slice(1)).toEqual([])
    }
  })

  test('no word of an input below the domain', () => {
    const names = new RegExp(`\\\\?\`(?:${Object.keys(inputs).join('|')})\\\\?\``)
    const below = SOURCES.filter(({ name }) => (roomOf(name)?.[0] ?? 0) < (roomOf('archive/')?.[0] ?? 0))
    expect(below.filter(({ code }) => names.test(code)).map(({ name }) => name)).toEqual(NAMES_AN_INPUT)
  })
})

describe('the declarations of src', () => {
  const all = SOURCES.flatMap(({ name: file, declared }) => declared.map((one) => ({ ...one, file })))

  test(`have no function of more than ${LONGEST_FUNCTION} lines`, () => {
    const long = all.filter(({ kind, lines }) => kind === 'function' && lines > LONGEST_FUNCTION)
    expect(long.map(({ file, name }) => `${file} ${name}`)).toEqual(LONGER)
  })

  test('have names of the field', () => {
    expect(all.filter(({ name }) => VAGUE.test(name)).map(({ file, name }) => `${file} ${name}`)).toEqual(VAGUE_NAMES)
  })

  test('have names with one meaning', () => {
    const counted = all.filter(({ kind, name, isExported }) => isExported || kind !== 'const' || name.endsWith('_MS'))
    const taken = new Map<string, Set<string>>()
    for (const { name, file } of counted) taken.set(name, (taken.get(name) ?? new Set()).add(file))
    const alike = [...taken].filter(([, files]) => files.size > 1).map(([name]) => name)
    expect(alike.sort()).toEqual(NAMESAKES)
  })
})

describe('the rules', () => {
  test('read imports, code and declarations as they are written', () => {
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

  test('find a circle, and nobody who only leads to it', () => {
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
    ['deployment/archive/tar.ts', 'deployment/plan.ts', true],
    ['deployment/plan.ts', 'deployment/archive/tar.ts', false],
    ['deployment/plan.ts', 'deployment/sources/source.ts', false],
    ['github/session.ts', 'control-plane/network.ts', true],
    ['run/record.ts', 'limits.ts', false],
    ['post.ts', 'main.ts', true]
  ])('know the direction from %s to %s', (from, to, upward) => {
    expect(isUpward(from, to)).toBe(upward)
  })
})
