import { describe, expect, test } from '@jest/globals'
import { parseSecrets } from '../../src/inputs/secret-text.ts'
import { slipsIn } from '../../src/inputs/slips.ts'

function slips(text: string): readonly string[] {
  const { secrets, problems } = parseSecrets(text, (name) => ({ QUOTED: '"x"' })[name], 'secrets')
  expect(problems).toEqual([])
  return slipsIn(text, secrets)
}

describe('a probable mistake is reported', () => {
  test.each<[string, string, RegExp]>([
    ['double quotes around a value', 'A="sk-1"', /^A: the quotes around the value/],
    ['single quotes', "A='sk-1'", /^A: the quotes/],
    ['quotes around a value from the environment', 'QUOTED', /^QUOTED: the quotes/],
    ['escaped quotes between them', 'A="a \\"b\\""', /^A: the quotes/],
    [
      'a space at the end',
      'A=sk-1 ',
      /^A: the value starts or ends with whitespace, which is part of it\. Remove it if it is unintended\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'a space at the start',
      'A= sk-1',
      /^A: the value starts or ends with whitespace, which is part of it\. Remove it if it is unintended\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'a no-break space at the end',
      'A=sk-1\u00a0',
      /^A: the value starts or ends with whitespace, which is part of it\. Remove it if it is unintended\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'a no-break space inside',
      'A=sk\u00a01',
      /^A: the value contains a no-break or zero-width space, which is part of it\. Retype the value if it is unintended\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'a zero-width space',
      'A=sk\u200b1',
      /^A: the value contains a no-break or zero-width space, which is part of it\. Retype the value if it is unintended\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'two on one line, with a comma',
      'A=1,B=2',
      /^A: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'two on one line, with a comma and a space',
      'OPENAI_API_KEY=sk-1, LOG_LEVEL=info',
      /^OPENAI_API_KEY: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'two on one line, after Base64',
      'A=abc==,B=2',
      /^A: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'two on one line, after a URL',
      'API_URL=https://x/y,LOG_LEVEL=info',
      /^API_URL: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'two on one line, with a space',
      'B=x\nA=1 LOG_LEVEL=info',
      /^A: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'a folded block',
      'A=1 B_C=2 D=3\n',
      /^A: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'a folded block of prose',
      'A=be kind to all LOG_LEVEL=info\n',
      /^A: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'a folded block with optional names',
      'A=1 B?=2\n',
      /^A: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'a folded block that begins with a URL',
      'A=postgres://x?sslmode=require B_C=2\n',
      /^A: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'a folded block of a URL with short names',
      'DB_URL=postgres://x?a=b&c=d DB=2\n',
      /^DB_URL: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'a folded block that ends with a DSN',
      'A=sk-1 DB=Server=x;User ID=u;Password=p\n',
      /^A: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'two on one line, the second a DSN',
      'A=sk-1 DB=Server=x;UID=u\nB=1',
      /^A: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'a folded block with a DSN',
      'DSN=host=db port=5432 LOG_LEVEL=info\n',
      /^DSN: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'a folded block that begins with a DSN of Azure',
      'DB=Server=x;User ID=u;Password=p LOG_LEVEL=info\n',
      /^DB: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    [
      'a folded block that begins with a DSN of ODBC',
      'DB=DRIVER={x};SERVER=db;PWD=p LOG_LEVEL=info\n',
      /^DB: the value appears to contain another NAME=value\. Use one per line; in YAML, use `\|` after the input name, because `>` folds lines into one\./
    ],
    ['a line with a shell continuation', 'A="x" \\\nB=2', /^A: the value ends with a backslash/],
    [
      'a reference to Secret Manager',
      'OPENAI_API_KEY=openai-api-key:latest',
      /^OPENAI_API_KEY: the value is a reference/
    ],
    ['a reference to Key Vault', 'A=@Microsoft.KeyVault(SecretUri=https://x/y)', /^A: the value is a reference/],
    ['a reference to 1Password', 'A=op://app/openai/key', /^A: the value is a reference/],
    [
      'a comment',
      'A=sk-1 # the key',
      /^A: the value contains ` #`, which does not start a comment here\. Move the comment to a separate line\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'a comment that lists values',
      'LOG_LEVEL=info # debug, info, warn',
      /^LOG_LEVEL: the value contains ` #`, which does not start a comment here\. Move the comment to a separate line\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'a comment after quotes',
      'A="my app" # shown in the title',
      /^A: the value contains ` #`, which does not start a comment here\. Move the comment to a separate line\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'a comment after a cron expression',
      'A=0 5 * * * # every day',
      /^A: the value contains ` #`, which does not start a comment here\. Move the comment to a separate line\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'a comment of one word, aligned with others',
      'A=sk-1    # DeepSeek',
      /^A: the value contains ` #`, which does not start a comment here\. Move the comment to a separate line\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'a comment such as "required"',
      'A=sk-1 # REQUIRED',
      /^A: the value contains ` #`, which does not start a comment here\. Move the comment to a separate line\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'a comment without spaces between words',
      'A=sk-1 # 替换自己的密钥',
      /^A: the value contains ` #`, which does not start a comment here\. Move the comment to a separate line\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'secrets.X',
      'A=secrets.OPENAI_API_KEY',
      /^A: the value is an expression that was not evaluated\. Use `\$\{\{ secrets\.NAME \}\}`\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'vars.X',
      'A=vars.MODEL',
      /^A: the value is an expression that was not evaluated\. Use `\$\{\{ secrets\.NAME \}\}`\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      'an unevaluated expression',
      'A={{ secrets.KEY }}',
      /^A: the value is an expression that was not evaluated\. Use `\$\{\{ secrets\.NAME \}\}`\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      '$X',
      'A=$OPENAI_API_KEY',
      /^A: the value is a shell variable, which is not expanded here\. Use the bare name to read the variable from the `env` of the step\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    ["GitHub's mask", 'A=***', /^A: the value is the mask/],
    [
      'a shell command',
      'A=$(cat key)',
      /^A: the value is a shell command, which does not run here\. Run it in an earlier step, and use the output of that step\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    [
      '${X}',
      'A=${OPENAI_API_KEY}',
      /^A: the value is a shell variable, which is not expanded here\. Use the bare name to read the variable from the `env` of the step\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
    ],
    ['export after the name', 'A=export B=2', /^A: .*another NAME|^A: the value begins with `export/]
  ])('%s', (_, text, told) => {
    expect(slips(text)).toContainEqual(expect.stringMatching(told))
  })

  test('with the names only, one sentence for each kind', () => {
    const text = 'A="hunter2"\nB=\'hunter2\'\nC=hunter2 \nD=fine'
    expect(slips(text)).toEqual([
      expect.stringMatching(/^A, B: the quotes/),
      expect.stringMatching(
        /^C: the value starts or ends with whitespace, which is part of it\. Remove it if it is unintended\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
      )
    ])
    expect(slips(text).join()).not.toContain('hunter2')
  })

  test('once with the form that suppresses the warning', () => {
    const told = slips('A="x"\nB=y \nC=sk-1, LOG_LEVEL=info')
    expect(told.map((slip) => slip.includes('between `NAME<<EOF` and `EOF`'))).toEqual([false, false, true])
  })

  test.each([
    '"x"',
    ' x ',
    'x\u00a0y',
    '1,B=2',
    '1 B_C=2',
    'x # the key',
    'secrets.X',
    '$X',
    'export B=2',
    'x \\',
    'op://a/b/c'
  ])('but not for %j in that form', (value) => {
    expect(slips(`A=${value}`)).not.toEqual([])
    expect(slips(`A<<END\n${value}\nEND`)).toEqual([])
    expect(slips(`A?<<END\n${value}\nEND\nB=2`)).toEqual([])
  })

  test.each([
    ['a'.repeat(60_000)],
    ['='.repeat(60_000)],
    [' '.repeat(60_000)],
    ['A '.repeat(30_000)],
    ['A=;'.repeat(20_000)],
    [' A=%'.repeat(15_000)],
    ['x # '.repeat(15_000)],
    [`x # ${'a'.repeat(60_000)}`],
    ['-x AB=1 '.repeat(8_000)]
  ])('quickly in a long value (%#)', (value) => {
    const start = performance.now()
    slips(`A=${value}`)
    expect(performance.now() - start).toBeLessThan(3_000)
  })

  test('in the order of the lines', () => {
    expect(slips('A=x \nB="y"\nC=z ').map((slip) => slip.slice(0, 4))).toEqual(['A, C', 'B: t'])
  })
})

describe('a real value is not reported', () => {
  test.each<[string, string]>([
    ['a list of flags', 'FEATURES=ALPHA=1,BETA=0'],
    ['a list of flags with spaces', 'FEATURES=ALPHA=1 BETA=0'],
    ['log levels', 'LOGGING=ROOT=INFO,APP=DEBUG'],
    ['variables for another tool', 'ENV=NODE_ENV=production, LOG_LEVEL=info'],
    ['models', 'MODELS=gpt-4o, MAIN=gpt-5'],
    ['a cookie with two values', 'COOKIE=abc, NEXT=1'],
    ['a cookie with a semicolon', 'COOKIE=abc; NEXT=1'],
    ['a Google cookie', 'COOKIE=SID=g.a000; HSID=AbC; SAPISID=x/y'],
    ['attributes of OpenTelemetry in capitals', 'OTEL_RESOURCE_ATTRIBUTES=service.name=x, ENV=prod'],
    ['headers of OpenTelemetry', 'OTEL_EXPORTER_OTLP_HEADERS=Authorization=Basic QUJDREVG==,X-Scope-OrgID=1'],
    ['a header of Base64 in capitals', 'AUTH=Basic QUJDREVG=='],
    ['a password with #', 'PASSWORD=abc # def'],
    ['a prompt that mentions #', 'PROMPT=Begin each section with # and a title'],
    ['a prompt with pairs', 'PROMPT=Reply with SCORE=1 or SCORE=0'],
    [
      'the DSN of Azure SQL',
      'DB=Server=tcp:x.database.windows.net,1433;Initial Catalog=db;Persist Security Info=False;User ID=u;Password=p;MultipleActiveResultSets=False;Encrypt=True;TrustServerCertificate=False;Connection Timeout=30;'
    ],
    ['a DSN that begins with the user', 'DB=User ID=sa;Password=p;Server=db;Workstation ID=w'],
    [
      'Azure Service Bus',
      'A=Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=abc=;EntityPath=q'
    ],
    ['Azure Application Insights', 'A=InstrumentationKey=0-0;IngestionEndpoint=https://x/;LiveEndpoint=https://y/'],
    ['Azure Cache for Redis', 'A=x.redis.cache.windows.net:6380,password=abc=,ssl=True,abortConnect=False'],
    ['Azure Cosmos DB', 'A=AccountEndpoint=https://x.documents.azure.com:443/;AccountKey=abc==;'],
    ['DB2', 'A=DATABASE=x;HOSTNAME=h;PORT=50000;PROTOCOL=TCPIP;UID=u;PWD=p;'],
    [
      'MongoDB with several hosts',
      'A=mongodb://u:p@h1,h2,h3/d?replicaSet=rs0&readPreferenceTags=dc:ny,rack:1&authMechanismProperties=ENVIRONMENT:azure,TOKEN_RESOURCE:x'
    ],
    ['JDBC of H2', 'A=jdbc:h2:mem:test;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;MODE=PostgreSQL'],
    ['JDBC of H2 with one option', 'A=jdbc:h2:mem:test;MVCC=TRUE'],
    ['JDBC of SQL Server', 'A=jdbc:sqlserver://h:1433;databaseName=x;encrypt=true;user=u'],
    ['JDBC of Databricks', 'A=jdbc:databricks://h:443/default;transportMode=http;AuthMech=3;UID=token;PWD=dapi1'],
    ['JDBC of Oracle', 'A=jdbc:oracle:thin:@(DESCRIPTION= (ADDRESS= (PROTOCOL=TCP)(HOST=h)) (CONNECT_DATA= (SID=x)))'],
    ['JAAS of Kafka', 'A=org.apache.kafka.common.security.scram.ScramLoginModule required username="u" password="p";'],
    ['listeners of Kafka', 'A=PLAINTEXT://0.0.0.0:9092,SASL_SSL://0.0.0.0:9093'],
    ['an LDAP base', 'A=people,DC=example,DC=com'],
    ['an LDAP filter', 'A=(&(objectClass=user)(|(CN=a)(OU=b)))'],
    ['options of Java', 'JAVA_TOOL_OPTIONS=-Xmx1g -XX:+UseG1GC -Duser.timezone=UTC -DENV=prod'],
    ['options of Node.js', 'NODE_OPTIONS=--max-old-space-size=4096 --require ./x.js'],
    ['a Content-Security-Policy source', "CSP_DEFAULT_SRC='self'"],
    [
      'a Content-Security-Policy',
      "CSP=default-src 'self'; script-src 'self' 'nonce-r4nd' https://x; object-src 'none'"
    ],
    ['a list of cron expressions', 'A=0 5 * * *;0 0 12 ? * 2#1'],
    ['a regular expression', 'A=^([A-Z]+=\\d+)(,\\s*[A-Z]+=\\d+)*$'],
    ['a log pattern', 'LOG_FORMAT=%(asctime)s LEVEL=%(levelname)s MSG=%(message)s'],
    ['a key on one line', 'A=-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADAN\\nQUJD==\\n-----END PRIVATE KEY-----\\n'],
    [
      'a key that is folded into one line',
      'A=-----BEGIN PRIVATE KEY----- MIIEvQIBADAN QUJDREVG== -----END PRIVATE KEY-----'
    ],
    ['an SSH public key', 'A=ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@example.com'],
    ['AWS credentials in one value', 'A=aws_access_key_id=AKIA1 aws_secret_access_key=x/y+z='],
    ['a DSN of pairs', 'A=host=db port=5432 dbname=x user=y password=z'],
    ['a URL with a query', 'A=https://example.com/x?a=1,b=2&C=3'],
    ['a URL with a query in capitals', 'A=postgres://u:p@h/db?sslmode=require,TIMEOUT=3'],
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
    ['a DSN of ADO.NET with spaces', 'A=Server=tcp:db,1433; UID=sa; PWD=y;'],
    ['a DSN of ODBC with spaces', 'A=DRIVER={ODBC Driver 18 for SQL Server}; SERVER=db; UID=sa'],
    ['a DSN of Oracle', 'A=(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=h)(PORT=1521)) (CONNECT_DATA=(SID=x)))'],
    ['an LDAP name with spaces', 'A=CN=admin, OU=people, O=acme'],
    ['a model with a tag', 'OLLAMA_MODEL=llama3:latest'],
    ['an image', 'SANDBOX_IMAGE=python:latest'],
    ['e-mail addresses', 'A=name 1 <n1@example.com>,name 2 <n2@example.com>'],
    ['JSON on one line', 'MY_JSON={"a": 1, "b": 2}'],
    ['a Windows path', 'A=C:\\data\\'],
    ['a cron expression', 'A=0 */6 * * *'],
    ['JSON', 'A={"a": "b", "c": ["d"]}'],
    ['a list of quoted words', 'A="a","b"'],
    ['channels', 'A=#general #random'],
    ['# in a password', 'A=pa#ss#word'],
    ['$ in a password', 'A=$ecret1'],
    ['$ in a URL', 'A=postgres://u:p$X@h'],
    ['a host', 'A=secrets.example.com'],
    ['a sentence with no-break spaces', 'A=Bonjour\u00a0! Comment\u00a0?'],
    ['a one-line prompt among other values', 'A=Answer in English, be brief: it is 1 = 1\nB=2'],
    ['several lines', 'A<<E\n# Title\n "x" \nB=1,C=2\nE'],
    ['Base64', 'A=eyJhIjoiYiJ9=='],
    ['a JSON Web Token', 'A=eyJhbGciOiJIUzI1NiJ9.eyJhIjoiYiJ9.x-y_z']
  ])('%s', (_, text) => {
    expect(slips(text)).toEqual([])
    expect(slips(`${text}\nOTHER=1`)).toEqual([])
  })
})
