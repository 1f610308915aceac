import { describe, expect, test } from '@jest/globals'
import { parseSecrets } from '../../src/deployment/secrets.ts'
import { slipsIn } from '../../src/inputs/slips.ts'

function slips(text: string): readonly string[] {
  const { secrets, problems } = parseSecrets(text, (name) => ({ QUOTED: '"x"' })[name])
  expect(problems).toEqual([])
  return slipsIn(text, secrets)
}

describe('what is nearly always a slip is told', () => {
  test.each<[string, string, RegExp]>([
    ['double quotes around a value', 'A="sk-1"', /^A: the quotes around the value/],
    ['single quotes', "A='sk-1'", /^A: the quotes/],
    ['quotes of a value from the environment', 'QUOTED', /^QUOTED: the quotes/],
    ['escaped quotes between them', 'A="a \\"b\\""', /^A: the quotes/],
    ['a blank at the end', 'A=sk-1 ', /^A: the value begins or ends with white space/],
    ['a blank in front', 'A= sk-1', /^A: the value begins or ends with white space/],
    ['a no-break space at the end', 'A=sk-1\u00a0', /^A: the value begins or ends with white space/],
    ['a no-break space inside', 'A=sk\u00a01', /^A: the value holds a no-break/],
    ['a zero-width space', 'A=sk\u200b1', /^A: the value holds a no-break/],
    ['two in one line, with a comma', 'A=1,B=2', /^A: the value holds what reads like another NAME=value/],
    [
      'two in one line, with a comma and a blank',
      'OPENAI_API_KEY=sk-1, LOG_LEVEL=info',
      /^OPENAI_API_KEY: the value holds/
    ],
    ['two in one line, with a semicolon', 'A=abc==;B=2', /^A: the value holds/],
    ['two in one line, with a blank', 'B=x\nA=1 LOG_LEVEL=info', /^A: the value holds/],
    ['a folded block', 'A=1 B_C=2 D=3\n', /^A: the value holds.*`\|`.*`>`/],
    ['a folded block of prose', 'A=be kind to all LOG_LEVEL=info\n', /^A: the value holds/],
    ['a folded block with optional names', 'A=1 B?=2\n', /^A: the value holds/],
    [
      'a folded block that begins with an address',
      'A=postgres://x?sslmode=require B_C=2\n',
      /^A: the value holds what reads like another NAME/
    ],
    [
      'a folded block of an address, whose names are short',
      'DB_URL=postgres://x?a=b&c=d DB=2\n',
      /^DB_URL: the value holds/
    ],
    ['a folded block with a DSN', 'DSN=host=db port=5432 LOG_LEVEL=info\n', /^DSN: the value holds/],
    ['what another tool takes for a list', 'F=A=1,B=2', /^F: the value holds what reads like another/],
    ['such a list with blanks', 'ENV=NODE_ENV=production, LOG_LEVEL=info', /^ENV: the value holds/],
    ['a line of a shell command', 'A="x" \\\nB=2', /^A: the value ends with a backslash/],
    [
      'a reference to Secret Manager',
      'OPENAI_API_KEY=openai-api-key:latest',
      /^OPENAI_API_KEY: the value is a reference/
    ],
    ['a reference to Key Vault', 'A=@Microsoft.KeyVault(SecretUri=https://x/y)', /^A: the value is a reference/],
    ['a reference to 1Password', 'A=op://app/openai/key', /^A: the value is a reference/],
    ['a comment', 'A=sk-1 # the key', /^A: the value holds a # behind a blank/],
    ['secrets.X', 'A=secrets.OPENAI_API_KEY', /^A: the value is the text of an expression/],
    ['vars.X', 'A=vars.MODEL', /^A: the value is the text of an expression/],
    ['an expression that is not evaluated', 'A={{ secrets.KEY }}', /^A: the value is the text of an expression/],
    ['$X', 'A=$OPENAI_API_KEY', /^A: the value is the name of a shell variable/],
    ['${X}', 'A=${OPENAI_API_KEY}', /^A: the value is the name of a shell variable/],
    ['export behind the name', 'A=export B=2', /^A: .*another NAME|^A: the value begins with `export/]
  ])('%s', (_, text, told) => {
    expect(slips(text)).toContainEqual(expect.stringMatching(told))
  })

  test('with the names alone, one sentence for each kind', () => {
    const text = 'A="hunter2"\nB=\'hunter2\'\nC=hunter2 \nD=fine'
    expect(slips(text)).toEqual([
      expect.stringMatching(/^A, B: the quotes/),
      expect.stringMatching(/^C: the value begins or ends/)
    ])
    expect(slips(text).join()).not.toContain('hunter2')
  })

  test('in the order of the lines', () => {
    expect(slips('A=x \nB="y"\nC=z ').map((slip) => slip.slice(0, 4))).toEqual(['A, C', 'B: t'])
  })
})

describe('what real values hold is not taken for a slip', () => {
  test.each<[string, string]>([
    ['a DSN of pairs', 'A=host=db port=5432 dbname=x user=y password=z'],
    ['an address with a query', 'A=https://example.com/x?a=1,b=2&C=3'],
    ['an address with a query in capitals', 'A=postgres://u:p@h/db?sslmode=require,TIMEOUT=3'],
    ['a DSN of ODBC', 'A=DRIVER={ODBC Driver 18 for SQL Server};SERVER=db;UID=sa;PWD=x'],
    ['a DSN of ADO.NET', 'A=Server=tcp:db,1433;Database=x;UID=sa;PWD=y;'],
    [
      'a DSN of Azure',
      'A=DefaultEndpointsProtocol=https;AccountName=x;AccountKey=abc==;EndpointSuffix=core.windows.net'
    ],
    ['an LDAP name', 'A=CN=admin,OU=people,DC=example,DC=com'],
    ['attributes of OpenTelemetry', 'A=service.name=agent,deployment.environment=prod'],
    ['headers', 'A=Authorization=Bearer x,X-Api=y'],
    ['options of a command', 'A=-Xmx1g -DFOO=1 -DBAR=2'],
    ['options with pairs', 'A=--set A=1 --set BC=2'],
    ['options of docker', 'A=-e FOO=1 -e BAR=2'],
    ['a DSN of ADO.NET with blanks', 'A=Server=tcp:db,1433; UID=sa; PWD=y;'],
    ['a DSN of ODBC with blanks', 'A=DRIVER={ODBC Driver 18 for SQL Server}; SERVER=db; UID=sa'],
    ['a DSN of Oracle', 'A=(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=h)(PORT=1521)) (CONNECT_DATA=(SID=x)))'],
    ['an LDAP name with blanks', 'A=CN=admin, OU=people, O=acme'],
    ['a model with a tag', 'OLLAMA_MODEL=llama3:latest'],
    ['an image', 'SANDBOX_IMAGE=python:latest'],
    ['addresses of people', 'A=name 1 <n1@example.com>,name 2 <n2@example.com>'],
    ['JSON of one line', 'MY_JSON={"a": 1, "b": 2}'],
    ['a path of Windows', 'A=C:\\data\\'],
    ['a cron expression', 'A=0 */6 * * *'],
    ['JSON', 'A={"a": "b", "c": ["d"]}'],
    ['a list of quoted words', 'A="a","b"'],
    ['channels', 'A=#general #random'],
    ['# in a password', 'A=pa#ss#word'],
    ['$ in a password', 'A=$ecret1'],
    ['$ in an address', 'A=postgres://u:p$X@h'],
    ['a host', 'A=secrets.example.com'],
    ['a sentence with no-break spaces', 'A=Bonjour\u00a0! Comment\u00a0?'],
    ['a prompt of one line among others', 'A=Answer in English, be brief: it is 1 = 1\nB=2'],
    ['several lines', 'A<<E\n# Title\n "x" \nB=1,C=2\nE'],
    ['Base64', 'A=eyJhIjoiYiJ9=='],
    ['a JSON Web Token', 'A=eyJhbGciOiJIUzI1NiJ9.eyJhIjoiYiJ9.x-y_z']
  ])('%s', (_, text) => {
    expect(slips(text)).toEqual([])
  })
})
