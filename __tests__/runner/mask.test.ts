import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createSecretKeeper } from '../../src/runner/mask.ts'
import type { NamedValue } from '../../src/runner/secret-shape.ts'
import { anyText } from '../support/texts.ts'
import { words } from '../support/words.ts'

const named = (name: string, value: string): NamedValue => ({ name, value })

/** Returns what is masked of one value at the end of a run. */
function masksOf(
  secret: NamedValue,
  origin: 'given' | 'read' = 'given',
  publicTexts: readonly string[] = []
): readonly string[] {
  const keeper = createSecretKeeper()
  return [...keeper.add([secret], origin, publicTexts), ...keeper.release(true, publicTexts)]
}

function redacted(text: string, ...secrets: readonly NamedValue[]): string {
  const keeper = createSecretKeeper()
  keeper.add(secrets, 'read', [])
  return keeper.redact(text)
}

const PEM = '-----BEGIN PRIVATE KEY-----\nQUJDREVGR0hJSktM\n  TU5PUA==\nab=\n-----END PRIVATE KEY-----'

describe('the masks of a value that was passed to this run', () => {
  test.each<[string, NamedValue, readonly string[]]>([
    ['the whole value', named('DB', 'hunter2 is my password'), ['hunter2 is my password']],
    ['six characters that are not a word', named('DB', 'x7qz9k'), ['x7qz9k']],
    ['not five characters', named('TOKEN', 'x7qz9'), []],
    ['not five characters with spaces around them', named('TOKEN', '  short  '), []],
    ['absent for an empty value', named('TOKEN', ''), []],
    ['not a word such as true, with any name', named('TOKEN', 'enabled'), []],
    ['not a number of six digits, with any name', named('PIN', '123456'), []],
    ['a number of seven digits', named('ACCOUNT', '1234567'), ['1234567']],
    ['a word with the name of a secret', named('DB_PASSWORD', 'sunshine'), ['sunshine']],
    ['words with the name of a secret', named('SECRET', 'correct-horse-battery'), ['correct-horse-battery']],
    ['not words with another name', named('STAGE', 'blue-green'), []],
    ['the value with and without surrounding spaces', named('DB', ' hunter2 '), [' hunter2 ', 'hunter2']],
    [
      'each long line, with and without spaces, but not the headers of a key',
      named('PEM', PEM),
      ['QUJDREVGR0hJSktM', '  TU5PUA==', 'TU5PUA==']
    ],
    ['each line, with any line end', named('A', 'line 1x\rline 2x\r\nline 3x'), ['line 1x', 'line 2x', 'line 3x']],
    ['not a short line among long ones', named('A', 'line 1x\n4\nline 3x'), ['line 1x', 'line 3x']],
    ['not an ordinary line among others', named('A', '[default]x1\nproduction'), ['[default]x1']],
    ['the whole of a text that only resembles JSON', named('A', '{no json}'), ['{no json}']]
  ])('are %s', (_, secret, masks) => {
    expect([...masksOf(secret)].sort()).toEqual([...masks].sort())
  })

  test('precede any other output, unless the value could be part of an output', () => {
    const keeper = createSecretKeeper()
    const secrets = [
      named('OPENAI_API_KEY', 'sk-proj-Ab3dEf6hIj9kLm2n'),
      named('PHRASE', 'with blanks in it'),
      named('TENANT', '7d3f0a1e-5c2b-4f6d-8a9b-0c1d2e3f4a5b'),
      named('SHORT_ONE', 'hunter2xyz'),
      named('STATUS_TOKEN', 'deployed')
    ]
    expect(keeper.add(secrets, 'given', [])).toEqual(['sk-proj-Ab3dEf6hIj9kLm2n', 'with blanks in it'])
    expect(keeper.release(false, [])).toEqual(['hunter2xyz'])
    expect(keeper.release(true, ['deployed'])).toEqual(['7d3f0a1e-5c2b-4f6d-8a9b-0c1d2e3f4a5b'])
  })

  test.each<[string, string, string, readonly string[]]>([
    ['a whole output', 'my odd value', 'my odd value', []],
    ['a part of an output', 'agent1x.example.com', 'https://agent1x.example.com/x', []],
    ['a line that is an output, but not the others', 'my-agent-x1y2z3\nhunter2!', 'my-agent-x1y2z3', ['hunter2!']],
    ['an output in quotes, which the runner removes', '"my odd value"', 'my odd value', []],
    ['an output next to &, at which the runner splits', 'my odd value&7x9q', 'my odd value', []],
    [
      'nothing for a text longer than an output',
      'https://me:pw12345@agent.example.com',
      'agent.example.com',
      ['https://me:pw12345@agent.example.com', 'pw12345']
    ]
  ])('omit %s', (_, value, output, masks) => {
    expect(masksOf(named('KEY', value), 'given', ['another output', output])).toEqual(masks)
  })

  test('are never short, and never part of an earlier or later output', () => {
    const secret = fc.record({ name: fc.constantFrom('A', 'API_KEY'), value: fc.string({ unit: 'grapheme' }) })
    fc.assert(
      fc.property(fc.array(secret), fc.array(fc.string()), (secrets, outputs) => {
        const keeper = createSecretKeeper()
        const masks = [...keeper.add(secrets, 'given', outputs), ...keeper.release(true, outputs)]
        for (const mask of masks) {
          expect(mask.trim().length).toBeGreaterThanOrEqual(6)
          expect(mask).not.toMatch(/[\r\n]/)
          expect(outputs.some((output) => output.includes(mask))).toBe(false)
        }
      })
    )
  })

  test('contain no part of a later output', () => {
    const outputs = words(`
      7d3f0a1e-5c2b-4f6d-8a9b-0c1d2e3f4a5b https://support-agent-4f6d8a9b0c1d5e2f.us.langgraph.app
      http://127.0.0.1:8124/agents/7d3f0a1e-5c2b-4f6d-8a9b-0c1d2e3f4a5b
      https://smith.langchain.com/o/0c1d2e3f-5c2b-4f6d-8a9b-7d3f0a1e4a5b/host/deployments/7d3f0a1e-5c2b-4f6d-8a9b-0c1d2e3f4a5b
      b3a9c1d2e4f5 us-docker.pkg.dev/acme-prod/agents/support-agent:1.4.2 AWAITING_DEPLOY timed-out
    `)
    const piece = fc
      .record({ output: fc.constantFrom(...outputs), from: fc.nat(60), length: fc.integer({ min: 6, max: 40 }) })
      .map(({ output, from, length }) => output.slice(from % output.length, (from % output.length) + length))
    fc.assert(
      fc.property(piece, fc.constantFrom('A', 'API_KEY'), (value, name) => {
        const keeper = createSecretKeeper()
        const early = keeper.add([named(name, value)], 'given', [])
        expect(early).toEqual([])
        expect(keeper.release(true, outputs)).toEqual([])
      }),
      {
        numRuns: 5_000,
        examples: [
          ['4f6d8a9b0c1d5e2f.us.langgraph.', 'A'],
          ['4f6d8a9b0c1d5e2f', 'A']
        ]
      }
    )
  })
})

describe('the masks of a value that was only read from LangSmith', () => {
  test.each<[string, NamedValue]>([
    ['the name of an environment', named('STAGE', 'production')],
    ['a region', named('AWS_REGION', 'us-east-1')],
    ['the name of the repository', named('REPOSITORY', 'support-agent')],
    ['a word with the name of a secret', named('PARTITION_KEY', 'production')],
    ['a URL', named('BASE', 'https://api.acme.com/v1')],
    ['a phrase', named('GREETING', 'Welcome to the desk')],
    ['a short mixed text', named('A', 'x7qz9k')],
    ['an ID', named('TENANT', '7d3f0a1e-5c2b-4f6d-8a9b-0c1d2e3f4a5b')]
  ])('are absent for %s', (_, secret) => {
    expect(masksOf(secret, 'read')).toEqual([])
  })

  test.each<[string, NamedValue]>([
    ['a key of a known service', named('A', 'sk-ant-REDACTED-0123456789')],
    ['a token of LangSmith', named('A', 'lsv2_pt_0123456789abcdef')],
    ['a GitHub token', named('A', 'ghp_0123456789abcdefghij')],
    ['a Slack token', named('A', 'xoxb-1234567890-abcdefgh')],
    ['an AWS key', named('A', 'AKIAIOSFODNN7EXAMPLE')],
    ['a JSON Web Token', named('A', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abc-DEF_123')],
    ['a long random text', named('A', '9f3c2b1a0d4e5f60718293a4b5c6d7e8')],
    ['an unusual text with the name of a secret', named('DB_PASSWORD', 'hunter2')],
    ['a passphrase with such a name', named('TOKEN', 'correct-horse-battery')]
  ])('are the whole value for %s', (_, secret) => {
    expect(masksOf(secret, 'read')).toEqual([secret.value])
  })
})

describe('an API key of the run', () => {
  test('is masked immediately in any form, and redacted', () => {
    const keeper = createSecretKeeper()
    expect(keeper.keys(['my-word', '7d3f0a1e-5c2b-4f6d-8a9b-0c1d2e3f4a5b'])).toEqual([
      'my-word',
      '7d3f0a1e-5c2b-4f6d-8a9b-0c1d2e3f4a5b'
    ])
    expect(keeper.redact('with my-word')).toBe('with ***')
  })
})

/** In a value, a secret part is between « and »; a secret part with another spelling is in `more`. */
type Real = readonly [form: string, marked: string, readable: readonly string[], more?: readonly string[]]

const secretsIn = ([, marked, , more = []]: Real) =>
  [...marked.matchAll(/«(.*?)»/gs)].map(([, part = '']) => part).concat(more)

const STORAGE_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoMGMw=='
const BUS_KEY = 'abcDEF123+/xyz0987654321abcdefghijk='

/** Forms in the services' own documentation, each with values of this project. */
const REAL: readonly Real[] = [
  [
    'Azure Storage',
    `DefaultEndpointsProtocol=https;AccountName=acmestore;AccountKey=«${STORAGE_KEY}»;EndpointSuffix=core.windows.net`,
    ['acmestore', 'core.windows.net', 'https']
  ],
  [
    'Azure Service Bus',
    `Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=«${BUS_KEY}»`,
    ['acme.servicebus.windows.net', 'RootManageSharedAccessKey']
  ],
  [
    'Azure Service Bus before',
    'Endpoint=sb://acme.servicebus.windows.net; SharedSecretIssuer=owner;SharedSecretValue=«someSecret1»',
    ['acme.servicebus.windows.net', 'owner']
  ],
  [
    'a signed address of Azure',
    'https://acme.blob.core.windows.net/docs?sv=2022-11-02&ss=b&se=2030-01-01&sig=«abc%2Fdef%3D»',
    ['acme.blob.core.windows.net', '2030-01-01', 'docs'],
    ['abc/def=']
  ],
  [
    'SQL Server',
    'Server=tcp:acme.database.windows.net,1433;Initial Catalog=orders;User ID=app_user;Password=«a"b{c»;Encrypt=True',
    ['acme.database.windows.net', 'orders', 'app_user', '1433', 'True']
  ],
  [
    'SQL Server with a password in quotes',
    'Server=db.acme.com;Database=orders;Uid=app;Pwd=«"pa;ss""word"»',
    ['db.acme.com', 'orders', 'app'],
    ['pa;ss"word']
  ],
  [
    'ODBC',
    'Driver={ODBC Driver 18 for SQL Server};Server=db.acme.com;Uid=app;Pwd={«s3;cret»};',
    ['db.acme.com', 'app', 'ODBC Driver 18 for SQL Server']
  ],
  [
    'MongoDB',
    'mongodb+srv://app:«S3cr%40t»@cluster0.ab1cd.mongodb.net/orders?retryWrites=true&w=majority',
    ['cluster0.ab1cd.mongodb.net', 'app', 'orders', 'majority'],
    ['S3cr@t']
  ],
  ['Redis without a user', 'redis://:«hunter2»@cache.acme.com:6379/0', ['cache.acme.com', '6379', 'redis']],
  ['Redis over TLS', 'rediss://default:«AVNS_x1y2z3»@cache.acme.com:25061', ['cache.acme.com', 'default', '25061']],
  [
    'Azure Cache for Redis',
    'acme.redis.cache.windows.net:6380,password=«aBcD1234efgh=»,ssl=True,abortConnect=False',
    ['acme.redis.cache.windows.net', '6380', 'True', 'abortConnect']
  ],
  ['AMQP', 'amqps://worker:«rabbit-pw»@mq.acme.com/jobs', ['mq.acme.com', 'worker', 'jobs']],
  [
    'Postgres of SQLAlchemy',
    'postgresql+psycopg://app:«p%40ss»@db.acme.com/orders',
    ['db.acme.com', 'app', 'orders'],
    ['p@ss']
  ],
  [
    'Postgres with a password that nobody escaped',
    'postgres://app:«p@ss/w0rd»@db.acme.com:5432/orders?sslmode=require',
    ['db.acme.com', '5432', 'orders', 'require']
  ],
  [
    'libpq',
    "host=db.acme.com port=5432 dbname=orders user=app password='it\\'s it' sslmode=require sslpassword=«tls-pw»",
    ['db.acme.com', '5432', 'orders', 'app', 'require'],
    ["it's it"]
  ],
  ['MySQL of Go', 'app:«s3cr3t»@tcp(db.acme.com:3306)/orders?parseTime=true', ['db.acme.com', 'app', 'orders', '3306']],
  [
    'Snowflake',
    'snowflake://svc:«kx%40%25%20jj5/g»@acme-eu1/SALES/PUBLIC?warehouse=WH&role=ANALYST',
    ['acme-eu1', 'svc', 'SALES', 'ANALYST', 'WH'],
    ['kx@% jj5/g']
  ],
  [
    'JDBC',
    'jdbc:postgresql://db.acme.com/orders?user=app&password=«s3cr3t»&ssl=true',
    ['db.acme.com', 'orders', 'app', 'true']
  ],
  [
    'JDBC of SQL Server',
    'jdbc:sqlserver://db.acme.com:1433;databaseName=orders;user=app;password=«s3cr3t»;',
    ['db.acme.com', '1433', 'orders', 'app']
  ],
  [
    'JDBC of Oracle',
    'jdbc:oracle:thin:scott/«tiger»@//db.acme.com:1521/orders',
    ['db.acme.com', 'scott', '1521', 'orders']
  ],
  [
    'a service account of Google',
    JSON.stringify({
      type: 'service_account',
      project_id: 'acme-prod',
      private_key: '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ==\nAbC=\n-----END PRIVATE KEY-----\n',
      client_email: 'agent@acme-prod.iam.gserviceaccount.com',
      client_id: '108472536471029384756',
      token_uri: 'https://oauth2.googleapis.com/token'
    }),
    ['service_account', 'acme-prod', 'agent@acme-prod.iam.gserviceaccount.com', 'https://oauth2.googleapis.com/token'],
    ['MIIEvQIBADANBgkqhkiG9w0BAQ==', 'AbC=']
  ],
  [
    'the same as Base64',
    Buffer.from(
      JSON.stringify({ type: 'service_account', project_id: 'acme-prod', private_key: 'QUJDREVGR0hJSktM' })
    ).toString('base64'),
    ['service_account', 'acme-prod'],
    ['QUJDREVGR0hJSktM']
  ],
  [
    'the key of Firebase, whose line ends are written out',
    '-----BEGIN PRIVATE KEY-----\\n«MIIEvQIBADANBgkqhkiG9w0BAQ==»\\n-----END PRIVATE KEY-----\\n',
    ['-----BEGIN PRIVATE KEY-----']
  ],
  [
    'a database in the secret store of AWS',
    JSON.stringify({ engine: 'postgres', host: 'db.acme.com', port: 5432, username: 'app', password: 'pw1' }),
    ['postgres', 'db.acme.com', '5432', 'app'],
    ['pw1']
  ],
  [
    'a list of keys in JSON',
    '{"api_keys":["«k1»","«k2»"],"regions":["us-east-1"],"nested":{"pwd":"«x»"}}',
    ['us-east-1', 'regions']
  ],
  [
    'credentials of AWS',
    '[default]\naws_access_key_id = «AKIAIOSFODNN7EXAMPLE»\naws_secret_access_key = «wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»\nregion = us-east-1',
    ['us-east-1', 'region']
  ],
  ['Sentry', 'https://«9f3c2b1a0d4e5f60718293a4b5c6d7e8»@o12345.ingest.sentry.io/67', ['o12345.ingest.sentry.io']],
  [
    'a webhook of Slack',
    'https://hooks.slack.com/services/T01ABCDEF/B02ABCDEF/«k3Jd9sLq0ZxYw7VbNm2Tr5Ue»',
    ['hooks.slack.com', 'services']
  ],
  [
    'a bot of Telegram',
    'https://api.telegram.org/bot«123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw»/sendMessage',
    ['api.telegram.org', 'sendMessage']
  ],
  [
    'a repository with a token',
    'https://x-access-token:«ghs_0123456789abcdef»@github.com/acme/agent.git',
    ['github.com', 'acme', 'agent', 'x-access-token']
  ],
  [
    'headers of OpenTelemetry',
    'api-key=«lsv2_pt_0123456789abcdef»,Langsmith-Project=agents',
    ['agents', 'Langsmith-Project']
  ],
  [
    'basic authorization',
    `Authorization: Basic «${Buffer.from('app:hunter2').toString('base64')}»`,
    ['app', 'Basic', 'Authorization'],
    ['hunter2']
  ],
  [
    'Twilio',
    'twilio://AC0123456789abcdef0123456789abcdef:«fedcba9876543210fedcba9876543210»@api.twilio.com',
    ['api.twilio.com']
  ],
  [
    'settings of Datadog',
    'api_key: «0123456789abcdef0123456789abcdef»\nsite: datadoghq.eu\nlogs_enabled: true',
    ['datadoghq.eu', 'true']
  ]
]

const TOKEN = 'npm_Zx81kQpLmN82jsYtRwEaBcDfGhIjKl0123'
const RANDOM = '9fK2mQ7xLw4Rt8Zp3Nv6'
const SHORT = 'Tr0ub4dor'
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Forms in files and command lines. */
const WRITTEN: readonly Real[] = [
  [
    'a JAAS configuration of Kafka',
    `org.apache.kafka.common.security.plain.PlainLoginModule required username="bob" password="«${RANDOM}»";`,
    ['bob', 'required', 'PlainLoginModule']
  ],
  [
    'options of Java',
    `-Dspring.datasource.password=«${RANDOM}» -Dspring.profiles.active=prod -Xmx1g`,
    ['prod', '-Xmx1g']
  ],
  ['options of a command', `--user=bob --password=«${SHORT}» --region=us-east-1`, ['bob', 'us-east-1']],
  [
    'options of a command with a blank before each value',
    `--user bob --password «${SHORT}» --host db.acme.com`,
    ['bob', 'db.acme.com']
  ],
  [
    '.npmrc',
    `registry=https://registry.example.com/\n//registry.example.com/:_authToken=«${TOKEN}»`,
    ['registry.example.com']
  ],
  [
    '.npmrc of before',
    `//registry.example.com/:_password=«${base64(SHORT)}»\n//registry.example.com/:username=bob`,
    ['registry.example.com', 'bob'],
    [SHORT]
  ],
  [
    '.npmrc with a user',
    `//registry.example.com/:_auth=«${base64(`bob:${SHORT}`)}»`,
    ['registry.example.com', 'bob'],
    [SHORT]
  ],
  [
    '.netrc in one line',
    `machine api.example.com login bob password «${SHORT}»`,
    ['api.example.com', 'bob', 'machine']
  ],
  [
    '.netrc in several lines',
    `machine api.example.com\n  login bob\n  password «${SHORT}»\n`,
    ['api.example.com', 'bob']
  ],
  [
    'the password file of Postgres',
    `db.example.com:5432:orders:bob:«${SHORT}»`,
    ['db.example.com', '5432', 'orders', 'bob']
  ],
  [
    'the configuration of Docker',
    JSON.stringify({ auths: { 'ghcr.io': { auth: base64(`bob:${SHORT}`) } } }),
    ['ghcr.io', 'bob'],
    [base64(`bob:${SHORT}`), SHORT]
  ],
  ['JSON line by line', `{"user":"bob"}\n{"password":"«${SHORT}»"}`, ['bob', 'user']],
  [
    'a list of addresses',
    `redis://:«pw-1»@h1.example.com:6379,redis://:«${SHORT}»@h2.example.com:6379`,
    ['h1.example.com', 'h2.example.com', '6379']
  ],
  [
    'an address in an option',
    `pip install --extra-index-url=https://ci:«${SHORT}»@pypi.example.com/simple -r requirements.txt`,
    ['pip', 'pypi.example.com', 'requirements.txt']
  ],
  ['a variable before a command', `NPM_TOKEN=«${TOKEN}» npm ci --omit=dev`, ['npm', 'ci', 'dev']],
  [
    'JSON as Base64 that begins with a list',
    base64(JSON.stringify([{ user: 'bob', password: SHORT }])),
    ['bob'],
    [SHORT]
  ],
  ['JSON as Base64 that is indented', base64(`{\t"user": "bob", "password": "${SHORT}"}`), ['bob'], [SHORT]],
  ['YAML as Base64', base64(`db:\n  user: bob\n  password: ${SHORT}\n`), ['bob'], [SHORT]],
  [
    'JSON as base64url',
    Buffer.from(JSON.stringify({ password: SHORT, note: '>>>???~~~' })).toString('base64url'),
    ['note'],
    [SHORT]
  ],
  ['a secret of Kubernetes', `kind: Secret\ndata:\n  password: «${base64(SHORT)}»\n`, ['Secret', 'data'], [SHORT]],
  ['XML', `<db><user>bob</user><password>«${SHORT}&amp;1»</password></db>`, ['bob'], [`${SHORT}&1`]],
  ['attributes of XML', `<db user="bob" password="«${SHORT}»"/>`, ['bob', 'db']],
  [
    'the configuration of NuGet',
    `<packageSourceCredentials><add key="Username" value="bob" /><add key="ClearTextPassword" value="«${SHORT}»" /></packageSourceCredentials>`,
    ['bob', 'Username']
  ],
  ['a dictionary of Python', `{'user': 'bob', 'password': '«${SHORT}»'}`, ['bob', 'user']],
  ['an inline table of TOML', `db = { user = "bob", password = "«${SHORT}»" }`, ['bob', 'user']],
  ['YAML in one line', `{user: bob, password: «${SHORT}», port: 5432}`, ['bob', '5432']]
]

describe.each([...REAL, ...WRITTEN])('the secrets in %s', (...real) => {
  const [, marked, readable] = real
  const [value, secret] = [marked.replace(/[«»]/g, ''), secretsIn(real)]

  test('are redacted, and the rest stays readable', () => {
    const line = (text: string) => `connecting with (${text}) failed`
    for (const text of [value, ...secret]) expect(redacted(line(text), named('A', value))).not.toContain(text)
    const kept = readable.filter((text) => redacted(line(text), named('A', value)) !== line(text))
    expect(kept).toEqual([])
  })

  test('are masked if they are long enough, and the rest is not', () => {
    const masks = masksOf(named('A', value))
    for (const text of secret.filter((part) => part.length >= 6)) expect(masks).toContain(text)
    expect(readable.filter((text) => masks.includes(text))).toEqual([])
  })
})

describe('an excerpt of a log stays readable with', () => {
  test.each<[string, string]>([
    ['LOG_LEVEL', 'error'],
    ['STAGE', 'prod'],
    ['WORKERS', '1'],
    ['DEBUG', 'true'],
    ['ENVIRONMENT', 'staging'],
    ['MODEL', 'gpt-4o'],
    ['MODEL_2', 'claude-3-5-sonnet-20241022'],
    ['MODEL_3', 'meta-llama/Llama-3.3-70B-Instruct'],
    ['REGION', 'us-east-1'],
    ['DB_HOST', 'db.acme.com'],
    ['CACHE', 'redis://cache.acme.com:6379/0'],
    ['API_BASE', 'https://api.acme.com/v1'],
    ['TOKEN_URL', 'https://login.acme.com/oauth/token'],
    ['MAX_TOKENS', '4096'],
    ['TOKENIZERS_PARALLELISM', 'false'],
    ['OPENAI_API_KEY', 'none'],
    ['IMAGE', 'ghcr.io/acme/agent:1.2.3'],
    ['CORS', '*'],
    ['MEMORY', '512Mi'],
    ['TZ', 'Europe/Berlin'],
    ['MAIL', 'john.doe@acme.com'],
    ['ROLE', 'arn:aws:iam::123456789012:role/agent'],
    ['DB', 'postgres://postgres:postgres@localhost:5432/postgres'],
    ['COMPASS', 'staging'],
    ['AUTH_TYPE', 'staging']
  ])('%s=%s', (name, value) => {
    const words = 'error prod 1 true staging gpt-4o us-east-1 4096 false none * 512Mi postgres localhost'
    const bare = value.includes('postgres') ? words : `${words} ${value}`
    expect(redacted(bare, named(name, value))).toBe(bare)
    expect(masksOf(named(name, value), 'read')).toEqual([])
  })
})

test('public texts of a deployment are redacted in their secret parts only, and never masked', () => {
  const keeper = createSecretKeeper()
  const command = `pip install --extra-index-url https://ci:${SHORT}@pypi.example.com/simple -r requirements.txt`
  keeper.redactParts([command, `NPM_TOKEN=${TOKEN} npm ci`, 'https://github.com/acme/agent', 'main', ''])
  expect(keeper.redact(command)).toBe(command.replace(SHORT, '***'))
  expect(keeper.redact(`npm ci in acme/agent of main with ${TOKEN}`)).toBe('npm ci in acme/agent of main with ***')
  expect(keeper.release(true, [])).toEqual([])
})

test.each<[string, string, readonly string[]]>([
  ['`user:password` with the name of a secret', 'bob:hunter2x', ['hunter2x']],
  ['a random password with any name', `bob:${RANDOM}`, [RANDOM]],
  ['Base64 with such a name', base64(`bob:${SHORT}`), [SHORT]],
  ['a value in quotes that the log omits', `"${SHORT}"`, [SHORT]],
  ['a value in single quotes', `'${SHORT} 2'`, [`${SHORT} 2`]]
])('only the secret is redacted in %s', (_, value, secrets) => {
  for (const secret of secrets) expect(redacted(`x ${secret} y`, named('BASIC_AUTH', value))).toBe('x *** y')
})

test.each([
  'sha256:9f3c2b1a0d4e5f60718293a4b5c6d7e89f3c2b1a0d4e5f60718293a4b5c6d7e8',
  'agent:9f3c2b1a0d4e5f60718293a4b5c6d7e89f3c2b1a',
  'registry.example.com:5000/acme/agent:9f3c2b1a0d4e5f60718293a4b5c6d7e89f3c2b1a',
  'registry.example.com:5000/acme/agent@sha256:fa894d2e326c15a5249b035c9beedc862eb872aefcd67f35516da2d9607dde13',
  'registry:5000/acme/agent:1.2@sha256:fa894d2e326c15a5249b035c9beedc862eb872aefcd67f35516da2d9607dde13'
])('the digest in %s is not treated as a password', (value) => {
  const keeper = createSecretKeeper()
  keeper.redactParts([value])
  expect(keeper.redact(value)).toBe(value)
})

test("a value is not masked as long as the runner's form of it could be part of an output", () => {
  const id = '7d3f0a1e-5c2b-4f6d-8a9b-0c1d2e3f4a5b'
  for (const value of [`"${id}"`, `'${id}'`, `my phrase&${id}`]) {
    const keeper = createSecretKeeper()
    expect(keeper.add([named('TENANT', value)], 'given', [])).toEqual([])
    expect(keeper.release(true, [id])).toEqual([])
  }
})

test.each([
  'a="',
  '"a=',
  '-a ',
  '{a:',
  ', a:',
  '<a ',
  '<a>',
  'machine ',
  'a:1:',
  ',redis:',
  '\\',
  '"\\',
  ' ',
  'Basic ',
  'ey',
  '=',
  '://',
  '@'
])('a value of 64 KiB that repeats %j is processed quickly', (piece) => {
  const value = piece.repeat(65_536 / piece.length)
  const lines = Array.from({ length: 17 }, (_, index) => value.slice(index * 4_000, (index + 1) * 4_000)).join('\n')
  const before = performance.now()
  for (const text of [value, lines]) redacted('a line', named('API_KEY', text))
  expect(performance.now() - before).toBeLessThan(5_000)
})

describe('redacted outside text', () => {
  test.each<[string, string, readonly NamedValue[], string]>([
    ['a value', 'key hunter2x is wrong', [named('A', 'hunter2x')], 'key *** is wrong'],
    ['a value inside a word', 'xhunter2xx', [named('A', 'hunter2x')], 'x***x'],
    ['every occurrence', 'hunter2 hunter2', [named('A', 'hunter2')], '*** ***'],
    ['a short value as a separate word', 'a-b! is not ba-b!', [named('A', 'a-b!')], '*** is not ba-b!'],
    ['a number with the name of a secret', 'pin 4221, not 42210', [named('PIN', '4221')], 'pin ***, not 42210'],
    ['a word with such a name', 'prod, not production', [named('API_SECRET', 'prod')], '***, not production'],
    ['no number with another name', 'status 422', [named('A', '422')], 'status 422'],
    ['the longest value', 'passw0rd1 passw0rd12', [named('A', 'passw0rd1'), named('B', 'passw0rd12')], '*** ***'],
    ['values that overlap', 'xabc1defg2hij', [named('A', 'abc1defg2'), named('B', 'defg2hij')], 'x***'],
    [
      'a value of special characters of a pattern',
      'x a.b*c(d)[e] a-b-c(d)[e]',
      [named('A', 'a.b*c(d)[e]')],
      'x *** a-b-c(d)[e]'
    ],
    ['the lines of a value', 'one: QUJDREVGX1, two', [named('A', 'QUJDREVGX1\r\nR0hJSktM2\n')], 'one: ***, two'],
    [
      'the lines of a value without surrounding spaces',
      'cut: hunter2x!',
      [named('A', 'a\n   hunter2x  \nb')],
      'cut: ***!'
    ],
    ['a value without surrounding spaces', 'key hunter2x!', [named('A', '  hunter2x  ')], 'key ***!'],
    ['a value in JSON', '{"p":"say \\"hunter2\\" \\\\ o"}', [named('A', 'say "hunter2" \\ o')], '{"p":"***"}'],
    ['a multiline value in JSON', '{"pem":"line 1\\nline 2"}', [named('A', 'line 1\nline 2')], '{"pem":"***"}'],
    ["a value in Python's repr", `invalid: 'ab"cd\\\\ef-ijkl'`, [named('A', 'ab"cd\\ef-ijkl')], "invalid: '***'"],
    ["a value with both quotes in Python's repr", `'it\\'s"quoted-99'`, [named('A', `it's"quoted-99`)], "'***'"],
    ['a value in a URL', 'GET /x?key=hunter%202%2F%3Dx&y', [named('A', 'hunter 2/=x')], 'GET /x?key=***&y'],
    ['a line of a value in a URL', '/x/no%2Fway%3F', [named('A', 'yes\nno/way?')], '/x/***'],
    ['a value in Base64, except for the padding', 'Basic aHVudGVyMg==.', [named('A', 'hunter2')], 'Basic ***==.'],
    ['a word in Base64', 'pw=c3Vuc2hpbmU=.', [named('DB_PASSWORD', 'sunshine')], 'pw=***=.'],
    ['a word in Base64 with a line end', 'c3Vuc2hpbmUK', [named('DB_PASSWORD', 'sunshine')], '***'],
    ['a word of six letters in Base64', 'aHVudGVy aHVudGVyCg==', [named('X_PASSWORD', 'hunter')], '*** ***=='],
    ['a number in Base64', '"MTIzNDU2"', [named('NUM_PIN_TOKEN', '123456')], '"***"'],
    ['a short value in Base64', 'dGVzdA==', [named('DB_PASSWORD', 'test')], '***=='],
    ['not Base64 of a word inside other text', 'xc3Vuc2hpbmUx', [named('DB_PASSWORD', 'sunshine')], 'xc3Vuc2hpbmUx'],
    ['not Base64 of less than eight characters', 'YWJj', [named('DB_PASSWORD', 'abc')], 'YWJj'],
    ['a path with the name of a secret in a URL', 'k=acme%2Fagent', [named('A_TOKEN', 'acme/agent')], 'k=***'],
    ['a value in Base64 without padding', 'x aHVudGVyMg y', [named('A', 'hunter2')], 'x *** y'],
    ['no form of a value that is too short', 'ab%2F YWIv', [named('A', 'ab/')], 'ab%2F YWIv'],
    [
      'no header of a key',
      '-----BEGIN PRIVATE KEY----- is bad',
      [named('KEY', PEM)],
      '-----BEGIN PRIVATE KEY----- is bad'
    ],
    ['nothing for an empty value', 'abc', [named('KEY', ''), named('B_KEY', '\n')], 'abc'],
    ['nothing without values', 'abc', [], 'abc']
  ])('redacts %s', (_, text, secrets, expected) => {
    expect(redacted(text, ...secrets)).toBe(expected)
  })

  test('contains no secret value in any position', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ab1$.^(\\'), minLength: 6, maxLength: 12 })
    const around = fc.string({ unit: fc.constantFrom(...'xyz $.') })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), around, (values, filler) => {
        const secrets = values.map((value) => named('KEY', `${value}#`))
        const result = redacted(secrets.map(({ value }) => filler + value).join(filler), ...secrets)
        for (const { value } of secrets) expect(result).not.toContain(value)
      })
    )
  })

  test('contains no masked value in any form', () => {
    const value = anyText({ minLength: 6, maxLength: 20 })
    fc.assert(
      fc.property(value, fc.string({ unit: fc.constantFrom(...'. :') }), (text, filler) => {
        for (const part of masksOf(named('A', text))) {
          const forms = [
            JSON.stringify(part).slice(1, -1),
            encodeURIComponent(part.toWellFormed()),
            Buffer.from(part).toString('base64').replace(/=+$/, '')
          ]
          for (const form of forms) expect(redacted(filler + form + filler, named('A', text))).not.toContain(form)
        }
      })
    )
  })

  test('keeps every word that is not a value', () => {
    const word = fc.stringMatching(/^[a-z]{1,5}$/).filter((text) => !/^(none|null)$/.test(text))
    fc.assert(
      fc.property(fc.array(word), fc.array(word), (words, values) => {
        const expected = words.map((text) => (values.includes(text) ? '***' : text)).join(' ')
        const merged = expected.replace(/\*\*\*( \*\*\*)+/g, (row) => row)
        expect(redacted(words.join(' '), ...values.map((value) => named('PASSWORD', value)))).toBe(merged)
      })
    )
  })

  test('is searched without a pattern, for any number of secrets', () => {
    const keeper = createSecretKeeper()
    const pem = Array.from({ length: 2_000 }, (_, line) => Buffer.from(`line ${line} `.repeat(5)).toString('base64'))
    keeper.add([named('BUNDLE', pem.join('\n'))], 'read', [])
    const RealRegExp = globalThis.RegExp
    let made = 0
    globalThis.RegExp = new Proxy(RealRegExp, {
      construct: (target, given) => {
        made += 1
        return Reflect.construct(target, given)
      }
    })
    try {
      expect(keeper.redact(`a line with ${pem[1_234]} in it`)).toBe('a line with *** in it')
    } finally {
      globalThis.RegExp = RealRegExp
    }
    expect(made).toBe(0)
  })
})
