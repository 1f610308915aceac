import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { RefusalError } from '../../src/control-plane/errors.ts'
import type { DeployedSecret } from '../../src/control-plane/resources.ts'
import { hiddenNames, isPlaceholder, shownSecrets } from '../../src/deployment/hidden.ts'
import { mergeSecrets } from '../../src/deployment/secrets.ts'
import type { SecretChange } from '../../src/run/record.ts'
import { namedValues } from '../support/json.ts'

type Pair = readonly [string, string | null]
const { entries } = Object
const pairs = (secrets: readonly DeployedSecret[]) => secrets.map(({ name, value }): Pair => [name, value])
/** Placeholders of servers, proxies and web pages. `{first4}` and `{last4}` are parts of the secret. */
const HIDDEN_FORMS = [
  '***',
  '********',
  '********************',
  '****{last4}',
  '***{last4}',
  '{first4}****',
  '{first4}****{last4}',
  'sk-****',
  'sk-...{last4}',
  'sk-…{last4}',
  '{first4}...REDACTED',
  '••••',
  '••••••••',
  '••••{last4}',
  '●●●●●●',
  '████',
  'xxxxxx',
  'XXXXXXXX',
  'xxxx{last4}',
  '######',
  '...',
  '…',
  '[REDACTED]',
  '[redacted]',
  '<redacted>',
  '<REDACTED>',
  '(redacted)',
  '{redacted}',
  '{{REDACTED}}',
  '*** REDACTED ***',
  '***REDACTED***',
  '__REDACTED__',
  'REDACTED',
  'redacted',
  'REDACTED_BY_SERVER',
  '[REDACTED_SECRET]',
  '[REDACTED:API_KEY]',
  '<hidden>',
  '(hidden)',
  '[hidden]',
  'hidden',
  'HIDDEN',
  'VALUE_HIDDEN',
  '<value hidden>',
  '[FILTERED]',
  '[Filtered]',
  '[MASKED]',
  'masked',
  '[secret]',
  '<secret>',
  '(sensitive value)',
  '(sensitive)',
  '<sensitive>',
  '[encrypted]',
  '"***"',
  'VALUE_SPECIFIED_IN_NO_LOG_PARAMETER'
]

function hiddenBy(form: string, value: string): string {
  return form.replace('{first4}', value.slice(0, 4)).replace('{last4}', value.slice(-4))
}

const NEW = ['NEW', 'a new one'] as const

const VALUES = [
  '',
  'a',
  'x',
  'xx',
  'secret',
  'sensitive',
  'private',
  'protected',
  'redacted-docs',
  'a*b',
  '*.example.com',
  'https://*.example.com',
  '*,localhost',
  '0 */6 * * *',
  '{{user}} asks',
  '{{ prompt }}',
  '[1, 2]',
  '["hidden"]',
  '{"masked": true}',
  '#fff',
  '#ffffff',
  '--verbose',
  '../data',
  'sk-proj-abcd',
  'xxl-model',
  'hidden-layer',
  'Hello...',
  'wait...',
  '<b>',
  '<system>',
  '[default]',
  '(none)',
  'https://example.com/hidden',
  'p**sword',
  'pa$$word***x y',
  '-----BEGIN KEY-----'
]

describe('isPlaceholder', () => {
  test.each(HIDDEN_FORMS)('is true for %s', (form) => {
    for (const value of ['wJalrXUtnFEMI', 'abcd1234']) expect(isPlaceholder(hiddenBy(form, value))).toBe(true)
  })

  test.each(VALUES)('is false for %s', (value) => {
    expect(isPlaceholder(value)).toBe(false)
  })
})

describe('hiddenNames', () => {
  const isHidden = (name: string, value: string) =>
    hiddenNames([
      { name, value },
      { name: 'OTHER', value: 'x' }
    ]).has(name)

  test.each([
    '<set>',
    '(set)',
    '<not set>',
    '****** (32 characters)',
    '******** (32)',
    '[32 chars]',
    '<redacted len=32>',
    'Value hidden',
    'value is hidden',
    'not shown',
    'The value is not shown for security reasons.',
    '{first4}... ({last4})',
    '...{last4}',
    '…{last4}',
    'lsv2_pt_****************************{last4}',
    'lsv2_pt_7e1c****************************{last4}',
    '•••• {last4}',
    '****-****-****-{last4}',
    '<encrypted>'
  ])('treats %s as hidden under any name', (form) => {
    for (const name of ['A', 'API_KEY']) expect(isHidden(name, hiddenBy(form, 'wJalrXUtnFEMI'))).toBe(true)
  })

  test.each([
    'set',
    'ENCRYPTED',
    'encrypted',
    'configured',
    'Not available',
    'sha256:{first4}',
    'sha256:9f3c2b1a0d4e5f60718293a4b5c6d7e89f3c2b1a0d4e5f60718293a4b5c6d7e8',
    'ENC[AES256_GCM,data:abc]',
    'redacted:sha256:ab12',
    '{first4}...',
    'sk-ant-api03-...'
  ])('treats %s as hidden under the name of a secret; elsewhere only if it is a phrase', (form) => {
    const value = hiddenBy(form, 'wJalrXUtnFEMI')
    expect([isHidden('API_KEY', value), isHidden('MODE', value)]).toEqual([true, form === 'Not available'])
  })

  test.each([
    ...VALUES,
    'set',
    'enabled',
    'production',
    'a...b',
    'wait... what',
    'src/**',
    '**/*.ts',
    '--length 5',
    '<value>'
  ])('treats %s as a value under an ordinary name', (value) => {
    expect(isHidden('SETTING', value)).toBe(false)
  })

  test.each([
    '',
    'sunshine',
    'hunter2',
    'secret',
    'password',
    'none',
    'changeme',
    'correct-horse-9',
    'sk-proj-Ab3dEf6hIj9k'
  ])('treats %s as a value under the name of a secret', (value) => {
    expect(isHidden('DB_PASSWORD', value)).toBe(false)
  })

  test.each<[string, readonly Pair[], readonly string[]]>([
    [
      'includes two secrets with the same words',
      entries({ API_KEY: 'see the vault', DB_PASSWORD: 'see the vault', STAGE: 'production' }),
      ['API_KEY', 'DB_PASSWORD']
    ],
    [
      'includes secrets if all of them are empty',
      entries({ API_KEY: '', DB_PASSWORD: '', STAGE: 'production' }),
      ['API_KEY', 'DB_PASSWORD']
    ],
    [
      'excludes two secrets with the same key',
      entries({
        OPENAI_API_KEY: 'sk-proj-Ab3dEf6hIj9kLm2n',
        EMBEDDING_API_KEY: 'sk-proj-Ab3dEf6hIj9kLm2n',
        DB_PASSWORD: 'hunter2',
        PGPASSWORD: 'hunter2'
      }),
      []
    ],
    ['excludes two equal switches', entries({ USES_KEY: 'true', HAS_A_SECRET: 'true' }), []],
    [
      'includes three secrets with the same text',
      entries({
        API_KEY: 'ask your administrator',
        DB_PASSWORD: 'ask your administrator',
        JWT_SECRET: 'ask your administrator',
        STAGE: 'production'
      }),
      ['API_KEY', 'DB_PASSWORD', 'JWT_SECRET']
    ],
    [
      'includes three of four secrets with the same text',
      entries({
        API_KEY: 'ask your administrator',
        DB_PASSWORD: 'ask your administrator',
        JWT_SECRET: 'ask your administrator',
        OTHER_KEY: 'Ab3dEf6hIj9kLm2n'
      }),
      ['API_KEY', 'DB_PASSWORD', 'JWT_SECRET']
    ],
    [
      'excludes three of five secrets with the same text',
      entries({
        API_KEY: 'ask your administrator',
        DB_PASSWORD: 'ask your administrator',
        JWT_SECRET: 'ask your administrator',
        OTHER_KEY: 'Ab3dEf6hIj9kLm2n',
        LAST_KEY: 'sunshine'
      }),
      []
    ],
    ['excludes two other variables with the same word', entries({ STAGE: 'production', ENVIRONMENT: 'production' }), []]
  ])('%s', (_, deployed, names) => {
    expect([...hiddenNames(deployed.map(([name, value]) => ({ name, value })))]).toEqual(names)
  })

  test.each([
    'correct horse battery staple',
    'postgres',
    'changeme',
    'dummy',
    'EMPTY',
    'none',
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----',
    '{"type": "service_account", "project": "acme"}',
    'postgres://app@db.internal/app'
  ])('excludes two secrets with the value %j', (value) => {
    expect(hiddenNames(namedValues({ OPENAI_API_KEY: value, VLLM_API_KEY: value, STAGE: 'production' })).size).toBe(0)
  })

  test.each([
    'EMPTY',
    'changeme',
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----',
    '{"type": "service_account", "project": "acme"}',
    'https://vault.acme.dev/v1'
  ])('excludes four secrets with the value %j, which is not from a server', (value) => {
    const all = ['A_KEY', 'B_KEY', 'C_KEY', 'D_KEY'].map((name) => ({ name, value }))
    expect(hiddenNames(all).size).toBe(0)
  })

  test.each([
    `sk-proj-${'*'.repeat(148)}wxyz`,
    `sk-ab${'*'.repeat(120)}`,
    'sk-ant-api03-****wxyz',
    'postgresql://user:***@db',
    'https://user:xxxxx@h',
    'https://user:[REDACTED]@h',
    'https://hooks.example.com/T000/[REDACTED]',
    '{"type":"service_account","private_key":"***","client_email":"a@b.c"}',
    '{"keys":[{"id":"a","value":"[REDACTED]"}]}',
    'line 1\n[REDACTED]',
    '-----BEGIN PRIVATE KEY-----\n***\n-----END PRIVATE KEY-----',
    'AccountName=a;AccountKey=***;EndpointSuffix=core.windows.net',
    'sk-[REDACTED]',
    'sk-REDACTED',
    'lsv2_REDACTED',
    'Bearer [REDACTED]',
    'Bearer ****abcd',
    'XXXX-XXXX-XXXX-1234',
    `sk-${'x'.repeat(40)}`,
    '<unchanged>',
    '[truncated]',
    'sk-proj-abc [truncated]',
    'sk-proj-abc[...]',
    '[...]',
    '<...>',
    'abc[MASKED]',
    'masked_abcd',
    'abcd_masked',
    'ending in 1234',
    'Secret(***)',
    '<SecretStr>',
    '[API_KEY]',
    '<OPENAI_API_KEY>',
    'write-only',
    'xxx',
    '??????',
    '■■■■',
    '\uff0a\uff0a\uff0a\uff0a',
    '🔒',
    '—'
  ])('treats %s as hidden under the name of a secret', (value) => {
    expect(isHidden('OPENAI_API_KEY', value)).toBe(true)
  })

  test.each([
    ['DATABASE_URL', 'postgresql://user:***@db.example.com:5432/app'],
    ['DATABASE_URL', 'postgresql://user:%5BREDACTED%5D@db/app'],
    ['GCP_ACCOUNT', '{"type":"service_account","private_key":"***"}'],
    ['SETTING', `sk-proj-${'*'.repeat(148)}wxyz`],
    ['SETTING', '<unchanged>'],
    ['SETTING', '[truncated]'],
    ['SETTING', '■■■■'],
    ['SETTING', '****']
  ])('treats %s=%s as hidden, although the name is an ordinary one', (name, value) => {
    expect(isHidden(name, value)).toBe(true)
  })

  test.each([
    ['REASONING_FORMAT', 'hidden'],
    ['PII_MODE', 'masked'],
    ['STOP_SEQUENCE', '###'],
    ['STOP', '...'],
    ['SEPARATOR', '-----'],
    ['ALLOWED_PATHS', '**'],
    ['PARTITION_KEY', 'length'],
    ['SORT_KEY', 'available'],
    ['BASE_RANGE', 'main...HEAD'],
    ['BASE_RANGE', 'origin/main...HEAD'],
    ['PROMPT', 'Write [hidden] in place of a name, and *** in place of a number'],
    ['OPTIONS', '{"mode": "masked", "stop": "***"}'],
    ['WEBHOOK_SECRET_URL', 'https://example.com/hidden'],
    ['OPENAI_API_KEY', 'sk-proj-Ab3dEf6hIj9kxxLm2n'],
    ['DATABASE_PASSWORD', 'unhidden1'],
    ['SIGNING_KEY', '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----']
  ])('treats %s=%s as a value', (name, value) => {
    expect(isHidden(name, value)).toBe(false)
  })

  const SECRETS = ['A_KEY', 'B_PASSWORD', 'C_TOKEN', 'D_SECRET', 'E_KEY']
  const returned = (...values: readonly string[]) => [
    ...values.map((value, index) => ({ name: SECRETS[index] ?? '', value })),
    { name: 'STAGE', value: 'production' }
  ]

  test.each<[string, readonly string[], number]>([
    ['three with a digit', ['REDACTED_V2', 'REDACTED_V2', 'REDACTED_V2'], 3],
    ['three that start like a key', ['lsv2_REDACTED', 'lsv2_REDACTED', 'lsv2_REDACTED'], 3],
    ['three in mixed case', ['PasswordHiddenByPolicy', 'PasswordHiddenByPolicy', 'PasswordHiddenByPolicy'], 3],
    ['three with a version', ['v1_hidden', 'v1_hidden', 'v1_hidden'], 3],
    ['both unchanged', ['<unchanged>', '<unchanged>'], 2],
    ['both SECRET_VALUE', ['SECRET_VALUE', 'SECRET_VALUE'], 2],
    ['both placeholder', ['placeholder', 'placeholder'], 2],
    ['three and an empty one', ['<unchanged>', '<unchanged>', '<unchanged>', ''], 3],
    ['three with words and an empty one', ['not for you', 'not for you', 'not for you', ''], 3],
    ['three with words and another one', ['not for you', 'not for you', 'not for you', 'hunter2'], 3],
    ['two with words and another one', ['not for you', 'not for you', 'hunter2'], 0],
    ['four none', ['none', 'none', 'none', 'none'], 4],
    ['four N/A', ['N/A', 'N/A', 'N/A', 'N/A'], 4],
    ['four null', ['null', 'null', 'null', 'null'], 4],
    ['three none', ['none', 'none', 'none'], 0],
    ['four none and another one', ['none', 'none', 'none', 'none', 'hunter2'], 0],
    ['three equal keys', ['sk-Ab3dEf6hIj9kLm2n', 'sk-Ab3dEf6hIj9kLm2n', 'sk-Ab3dEf6hIj9kLm2n'], 0]
  ])('counts equal texts of several secrets: %s', (_, values, size) => {
    expect(hiddenNames(returned(...values)).size).toBe(size)
  })

  test('excludes four variables with the same model, although there are no others', () => {
    const models = ['MODEL_A', 'MODEL_B', 'MODEL_C', 'MODEL_D'].map((name) => ({ name, value: 'gpt-4o' }))
    expect(hiddenNames(models).size).toBe(0)
  })

  test('finds a hidden value in a deeply nested document', () => {
    const document = (leaf: string) => `${'{"a":'.repeat(5000)}"${leaf}"${'}'.repeat(5000)}`
    expect([isHidden('API_KEY', document('***')), isHidden('API_KEY', document('x'))]).toEqual([true, false])
  })

  test('includes an ordinary name if its text is the placeholder of a secret', () => {
    const deployed = ['API_KEY', 'STAGE'].map((name) => ({ name, value: 'hidden' }))
    expect([...hiddenNames(deployed)]).toEqual(['API_KEY', 'STAGE'])
  })

  test('excludes only the name with the given value if that value reads like a placeholder', () => {
    const deployed = returned('SECRET', 'SECRET', 'SECRET')
    const given = [{ name: 'A_KEY', value: 'SECRET' }]
    expect([...hiddenNames(deployed, given)]).toEqual(['B_PASSWORD', 'C_TOKEN'])
  })

  test.each(HIDDEN_FORMS)('includes two secrets with %s', (form) => {
    const value = hiddenBy(form, 'wJalrXUtnFEMI')
    expect(hiddenNames(['A_KEY', 'B_KEY'].map((name) => ({ name, value }))).size).toBe(2)
  })

  test('does not prevent shownSecrets from returning a doubtful value for redaction', () => {
    const deployed = namedValues({ API_KEY: 'correct-horse***', B: '****' })
    expect(shownSecrets(deployed)).toEqual([deployed[0]])
  })
})

describe('mergeSecrets', () => {
  const merge = (wanted: readonly Pair[], mode: 'merge' | 'replace', deployed: readonly Pair[] | null) =>
    mergeSecrets(
      { mode, variables: [], secrets: wanted.map(([name, value]) => ({ name, value: value ?? '' })) },
      deployed?.map(([name, value]) => ({ name, value })) ?? null
    )

  test.each<
    [
      string,
      readonly Pair[],
      'merge' | 'replace',
      readonly Pair[] | null,
      readonly Pair[] | undefined,
      Record<string, SecretChange>
    ]
  >([
    ['sends nothing without input', [], 'merge', [['A', '1']], undefined, { A: 'kept' }],
    ['sends nothing without input and for an unknown environment', [], 'merge', null, undefined, {}],
    [
      'sends nothing if no value differs',
      [['A', '1']],
      'merge',
      entries({ B: '2', A: '1' }),
      undefined,
      { A: 'kept', B: 'kept' }
    ],
    ['sends nothing for an equal list with replace', [['A', '1']], 'replace', [['A', '1']], undefined, { A: 'kept' }],
    [
      'adds a secret and keeps the others',
      [['B', '2']],
      'merge',
      [['A', '1']],
      entries({ B: '2', A: '1' }),
      { B: 'added', A: 'kept' }
    ],
    [
      'changes a secret and keeps the others',
      [['A', 'x']],
      'merge',
      entries({ A: '1', B: '2' }),
      entries({ A: 'x', B: '2' }),
      { A: 'changed', B: 'kept' }
    ],
    [
      'removes the others with replace',
      [['A', '1']],
      'replace',
      entries({ A: '1', B: '2' }),
      [['A', '1']],
      { A: 'kept', B: 'removed' }
    ],
    [
      'changes and adds secrets with replace',
      entries({ A: 'x', C: '3' }),
      'replace',
      [['A', '1']],
      entries({ A: 'x', C: '3' }),
      { A: 'changed', C: 'added' }
    ],
    [
      'accepts hidden values with replace',
      [['A', '1']],
      'replace',
      [['B', '***']],
      [['A', '1']],
      { A: 'added', B: 'removed' }
    ],
    ['accepts an unknown environment with replace', [['A', '1']], 'replace', null, [['A', '1']], { A: 'added' }],
    ['sets a hidden value that the input has', [['A', '1']], 'merge', [['A', '********']], [['A', '1']], { A: 'set' }],
    ['sets an omitted value that the input has', [['A', '1']], 'merge', [['A', null]], [['A', '1']], { A: 'set' }],
    [
      'does not treat an empty value as hidden',
      [['A', '1']],
      'merge',
      entries({ B: '', C: '2' }),
      entries({ A: '1', B: '', C: '2' }),
      { A: 'added', B: 'kept', C: 'kept' }
    ],
    [
      'does not treat a value with asterisks as hidden',
      [['A', '1']],
      'merge',
      [['B', '*a*']],
      entries({ A: '1', B: '*a*' }),
      { A: 'added', B: 'kept' }
    ],
    ['sends an empty value', [['A', '']], 'merge', [], [['A', '']], { A: 'added' }]
  ])('%s', (_, wanted, mode, deployed, send, changes) => {
    const merged = merge(wanted, mode, deployed)
    expect(merged.send && pairs(merged.send)).toEqual(send)
    expect(Object.fromEntries(merged.changes.map(({ name, change }) => [name, change]))).toEqual(changes)
  })

  test.each<[string, string | null]>([
    ['asterisks', '****'],
    ['an asterisk', '*'],
    ['nothing', null]
  ])('rejects a value to keep if the server returns %s', (_, value) => {
    const run = () => merge([['A', '1']], 'merge', [['KEPT', value]])
    expect(run).toThrow(RefusalError)
    expect(run).toThrow(/hide the value of KEPT/)
  })

  test.each<[string, readonly Pair[], string]>([
    ['a single empty secret', [['B', '']], 'hide the value of B.'],
    ['several empty secrets', entries({ B: '', C: ' ', D: null }), 'hide the value of B, C, D.'],
    [
      'four equal variables',
      ['B', 'C', 'D', 'E'].map((name): Pair => [name, 'not shown here']),
      'the same text for B, C, D and E, possibly because it hides the values.'
    ],
    [
      'three equal secrets',
      ['B_KEY', 'C_KEY', 'D_KEY'].map((name): Pair => [name, 'not for you']),
      'the same text for B_KEY, C_KEY and D_KEY, possibly'
    ]
  ])('rejects %s to keep', (_, deployed, text) => {
    const run = () => merge([['A', '1']], 'merge', deployed)
    expect(run).toThrow(text)
    expect(run).toThrow(RefusalError)
  })

  test('keeps values that may be equal by chance', () => {
    const flags = ['B', 'C', 'D', 'E'].map((name): Pair => [name, 'true'])
    const three = ['B', 'C', 'D'].map((name): Pair => [name, 'https://api.acme.com'])
    for (const deployed of [flags, three])
      expect(merge([['A', '1']], 'merge', deployed).send).toHaveLength(deployed.length + 1)
  })

  test('gives advice for secrets that really have the same value', () => {
    const deployed = ['B_KEY', 'C_KEY', 'D_KEY'].map((name): Pair => [name, 'not for you'])
    expect(() => merge([NEW], 'merge', deployed)).toThrow(
      expect.objectContaining({
        advice:
          'If all of them really have the same value, list all of them in `secrets`. Otherwise set `secrets-mode: replace` and list all secrets.'
      })
    )
  })

  test('keeps two secrets with the same dummy value', () => {
    const deployed: Pair[] = entries({ OPENAI_API_KEY: 'EMPTY', VLLM_API_KEY: 'EMPTY' })
    expect(merge([NEW], 'merge', deployed).send).toHaveLength(3)
  })

  test('accepts a shared text if the input has the same text for one of its names', () => {
    const deployed = ['A_KEY', 'B_KEY', 'C_KEY'].map((name): Pair => [name, 'open sesame'])
    expect(() => merge([NEW], 'merge', deployed)).toThrow(RefusalError)
    const { send, changes } = merge([['A_KEY', 'open sesame'], NEW], 'merge', deployed)
    expect(send).toHaveLength(4)
    expect(changes).toContainEqual({ name: 'B_KEY', change: 'kept' })
    // The same text under another name is no proof.
    expect(() => merge([['D_KEY', 'open sesame']], 'merge', deployed)).toThrow(RefusalError)
  })

  test('sets a hidden value even if the input has the same text', () => {
    const { send, changes } = merge([['A', '[REDACTED]']], 'merge', [['A', '[REDACTED]']])
    expect(send).toEqual([{ name: 'A', value: '[REDACTED]' }])
    expect(changes).toEqual([{ name: 'A', change: 'set' }])
  })

  test('never sends a placeholder of the server', () => {
    // A word such as `hidden` only counts for secrets.
    const names = ['A_KEY', 'B_KEY', 'C_KEY', 'D_KEY', 'E_KEY', 'F_KEY']
    const secret = fc.tuple(fc.stringMatching(/^[a-z0-9]{8,16}$/), fc.boolean(), fc.boolean())
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: names.length }),
        fc.constantFrom(...HIDDEN_FORMS, null),
        fc.constantFrom('merge', 'replace'),
        (secrets, form, mode) => {
          const entries = secrets.map((entry, index) => [names[index] ?? 'G_KEY', ...entry] as const)
          const hide = (value: string) => (form === null ? null : hiddenBy(form, value))
          const deployed = entries.map(([name, value, isHidden]): Pair => [name, isHidden ? hide(value) : value])
          const wanted = [...entries.filter(([, , , isNamed]) => isNamed).map(([name]): Pair => [name, 'ours']), NEW]
          const mustRefuse = mode === 'merge' && entries.some(([, , isHidden, isNamed]) => isHidden && !isNamed)
          if (mustRefuse) return expect(() => merge(wanted, mode, deployed)).toThrow(RefusalError)
          const { send = [], changes } = merge(wanted, mode, deployed)
          for (const { name, value } of send)
            expect([...entries.filter(([own]) => own === name).map(([, own]) => own), 'ours', NEW[1]]).toContain(value)
          for (const [name, , isHidden, isNamed] of entries)
            if (isNamed) expect(changes).toContainEqual({ name, change: isHidden ? 'set' : 'changed' })
        }
      )
    )
  })

  test('accepts hidden values if it sends nothing', () => {
    expect(merge([['A', '1']], 'merge', entries({ A: '1', B: '****' })).send).toBeUndefined()
  })

  test('rejects an unknown environment', () => {
    expect(() => merge([['A', '1']], 'merge', null)).toThrow(RefusalError)
  })

  test('sets the wanted values, keeps the others, and changes nothing the second time', () => {
    const value = fc.constantFrom('a', 'b', 'c d')
    const list = fc
      .uniqueArray(fc.tuple(fc.constantFrom('A', 'B', 'C', 'D'), value), { selector: ([name]) => name })
      .map((entries): Pair[] => entries)
    fc.assert(
      // Four equal values would count as hidden.
      fc.property(
        list,
        list.map((all) => all.slice(0, 3)),
        fc.constantFrom('merge', 'replace'),
        (wanted, deployed, mode) => {
          const { send } = merge(wanted, mode, deployed)
          const after = new Map(send ? pairs(send) : deployed)
          for (const [name, wish] of wanted) expect(after.get(name)).toBe(wish)
          const names = new Set(wanted.map(([name]) => name))
          if (mode === 'merge' || wanted.length === 0) {
            for (const [name, old] of deployed) if (!names.has(name)) expect(after.get(name)).toBe(old)
          } else expect(new Set(after.keys())).toEqual(names)
          expect(merge(wanted, mode, [...after]).send).toBeUndefined()
        }
      )
    )
  })
})
