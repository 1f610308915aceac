/** Content of an env file, and the recorded result of python-dotenv 1.2.4 (`dotenv_values` of a file). */
export interface DotenvCase {
  readonly title: string
  readonly text: string
  /** The environment of the step. */
  readonly env?: Readonly<Record<string, string>>
  /** `null` for a name without a value. */
  readonly python: Readonly<Record<string, string | null>>
  /** Beginnings of the messages about content that python-dotenv skips silently. */
  readonly told?: readonly string[]
}

export const DOTENV_CASES: readonly DotenvCase[] = [
  { title: 'a plain line', text: 'A=1', python: { A: '1' } },
  { title: 'blanks around the name, = and the value, and export', text: '  export A = 1  \n', python: { A: '1' } },
  {
    title: 'Windows line endings and a byte order mark',
    text: '\ufeffA=1\r\nB="x\r\ny"\r\n',
    python: { A: '1', B: 'x\ny' }
  },
  { title: 'line endings of old Macs', text: 'A=1\rB=2\r', python: { A: '1', B: '2' } },
  { title: 'comments and blank lines', text: '# c\n\n   # d\nA=1', python: { A: '1' } },
  { title: 'a comment after a value', text: 'A=value # comment', python: { A: 'value' } },
  { title: 'a comment after a tab', text: 'A=value\t# comment', python: { A: 'value' } },
  { title: '# inside a value', text: 'A=pass#word', python: { A: 'pass#word' } },
  { title: '# at the start of a value', text: 'A=#word', python: { A: '#word' } },
  {
    title: 'a comment instead of a value',
    text: 'A=   # get it at example.com\nB=1',
    python: { A: '', B: '1' },
    told: ['remark: A: skipped']
  },
  { title: 'double quotes with escapes', text: 'A="a\\nb\\t\\"c\\"\\\\d\\q"', python: { A: 'a\nb\t"c"\\d\\q' } },
  { title: 'single quotes, which allow only two escapes', text: "A='a\\nb\\'c\\\\d'", python: { A: "a\\nb'c\\d" } },
  {
    title: 'quotes over several lines',
    text: 'A="-----BEGIN KEY-----\nabc=\n-----END KEY-----"\nB=2',
    python: { A: '-----BEGIN KEY-----\nabc=\n-----END KEY-----', B: '2' }
  },
  {
    title: 'a key on one line',
    text: 'A="-----BEGIN KEY-----\\nabc=\\n-----END KEY-----\\n"',
    python: { A: '-----BEGIN KEY-----\nabc=\n-----END KEY-----\n' }
  },
  { title: 'JSON in single quotes', text: 'A=\'["a", "b"]\'', python: { A: '["a", "b"]' } },
  { title: 'JSON without quotes', text: 'A={"a": "b # c"}', python: { A: '{"a": "b' } },
  { title: 'a quote inside a value', text: 'A=it\'s\nB=say "x"', python: { A: "it's", B: 'say "x"' } },
  {
    title: 'a comment immediately after a quote',
    text: 'A="x"#comment\nB=\'y\' # comment',
    python: { A: 'x', B: 'y' }
  },
  {
    title: 'text after a closing quote',
    text: 'A="x" y\nB=2',
    python: { B: '2' },
    told: ['warning: line 1: skipped']
  },
  {
    title: 'a quote that never closes',
    text: 'A="x\nB=2\nC=3',
    python: { B: '2', C: '3' },
    told: ['warning: line 1: skipped']
  },
  {
    title: 'a quote that the quote of the next line closes',
    text: 'A="x\nB="y"\nC=3',
    python: { C: '3' },
    told: ['warning: lines 1-2: skipped']
  },
  {
    title: 'a backslash before a closing quote',
    text: "A='C:\\'\nB=2",
    python: { B: '2' },
    told: ['warning: line 1: skipped']
  },
  { title: 'an escaped backslash before a closing quote', text: 'A="C:\\\\"\nB="x"', python: { A: 'C:\\', B: 'x' } },
  { title: 'a quoted name', text: "'A'=1", python: { A: '1' } },
  { title: 'a name without =', text: 'A\nB=2', python: { A: null, B: '2' }, told: ['warning: line 1: skipped'] },
  { title: 'YAML', text: 'A: 1\nB=2', python: { B: '2' }, told: ['warning: line 1: skipped'] },
  {
    title: 'invalid variable names',
    text: 'A-B=1\na.b=2\n1C=3\nD=4',
    python: { 'A-B': '1', 'a.b': '2', '1C': '3', D: '4' },
    told: ['warning: A-B, a.b, 1C: skipped']
  },
  {
    title: 'an empty value and empty quotes',
    text: 'A=\nB=""\nC=1',
    python: { A: '', B: '', C: '1' },
    told: ['remark: A, B: skipped']
  },
  { title: '= in a value', text: 'A=b=c==', python: { A: 'b=c==' } },
  { title: 'a repeated name', text: 'A=1\nB=${A}\nA=2', python: { A: '2', B: '1' } },
  {
    title: 'a repeated name whose last value is empty',
    text: 'A=1\nA=',
    python: { A: '' },
    told: ['remark: A: skipped']
  },
  {
    title: '${NAME} from above, quoted or not',
    text: 'A=1\nB=${A}x\nC="${A}y"\nD=\'${A}z\'',
    python: { A: '1', B: '1x', C: '1y', D: '1z' }
  },
  {
    title: '${NAME} from the environment, over which the file takes precedence',
    text: 'B=${FROM_ENV}\nFROM_ENV=file\nC=${FROM_ENV}',
    env: { FROM_ENV: 'step' },
    python: { B: 'step', FROM_ENV: 'file', C: 'file' }
  },
  {
    title: '${NAME:-default}',
    text: 'A=${NONE:-b c}\nE=\nF=x${E:-d}',
    python: { A: 'b c', E: '', F: 'x' },
    told: ['remark: E: skipped']
  },
  { title: 'an empty default', text: 'A=x${NONE:-}', python: { A: 'x' } },
  {
    title: 'an undefined ${NAME}',
    text: 'A=x${NONE}y',
    python: { A: 'xy' },
    told: ['problem: line 1: ${NONE} in the value of A']
  },
  {
    title: '${NAME} of a name without =',
    text: 'A\nB=x${A}',
    python: { A: null, B: 'x' },
    told: ['problem: line 2: ${A} in the value of B', 'warning: line 1: skipped']
  },
  {
    title: '$NAME and $(command), which are not expanded',
    text: 'A=$HOME\nB=$(date)\nC=a$b',
    python: { A: '$HOME', B: '$(date)', C: 'a$b' }
  },
  {
    title: 'a default in another syntax',
    text: 'A=${NONE-x}${NONE:=y}',
    python: { A: '${NONE:=y}' },
    told: ['problem: line 1: ${NONE-x} in the value of A']
  },
  { title: 'backticks', text: 'A=`x y`', python: { A: '`x y`' } },
  { title: 'a no-break space around a value', text: 'A=\u00a0x\u00a0\nB=y', python: { A: 'x', B: 'y' } },
  {
    title: 'letters that are not ASCII',
    text: 'A=\u00fc\ud83d\ude00\nB="\u00e9\\\u00e9"',
    python: { A: '\u00fc\ud83d\ude00', B: '\u00e9\\\u00e9' }
  },
  {
    title: 'a repeated export',
    text: 'export export A=1\nB=2',
    python: { B: '2' },
    told: ['warning: line 1: skipped']
  },
  { title: 'EXPORT in capitals', text: 'EXPORT A=1\nB=2', python: { B: '2' }, told: ['warning: line 1: skipped'] },
  { title: 'export before a tab', text: 'export\tA=1', python: { A: '1' } },
  {
    title: 'export without an assignment',
    text: 'export\nA=1',
    python: { export: null, A: '1' },
    told: ['warning: line 1: skipped']
  },
  { title: 'a name called export', text: 'export=1\nA=2', python: { export: '1', A: '2' } },
  { title: 'double equals', text: 'A==1', python: { A: '=1' } },
  { title: 'two quoted parts', text: 'A="x""y"\nB=1', python: { B: '1' }, told: ['warning: line 1: skipped'] },
  { title: 'a quote after text', text: 'A=x"y z" # c', python: { A: 'x"y z"' } },
  { title: 'mixed quotes', text: 'A=\'x"\nB="y\'', python: { A: 'x"\nB="y' } },
  { title: 'a Unicode escape, which is not supported', text: 'A="caf\\u00e9"', python: { A: 'caf\\u00e9' } },
  { title: 'a backslash at the end of a line in quotes', text: 'A="x\\\ny"', python: { A: 'x\\\ny' } },
  {
    title: 'a backslash before ${NAME}, which is still expanded',
    text: 'B=1\nA="\\${B}"',
    python: { B: '1', A: '\\1' }
  },
  { title: 'a default inside a default', text: 'A=${X:-${Y:-z}}', python: { A: '${Y:-z}' } },
  { title: 'a URL as a default', text: 'A=${X:-http://h:80/p}', python: { A: 'http://h:80/p' } },
  { title: '${NAME:-default} in JSON', text: 'A=\'{"a":"${B:-c}"}\'', python: { A: '{"a":"c"}' } },
  { title: 'a name that refers to its own earlier value', text: 'A=1\nA=${A}:2', python: { A: '1:2' } },
  { title: '${NAME:-default} of a name further down', text: 'A=${B:-x}\nB=1', python: { A: 'x', B: '1' } },
  { title: 'a comment with a semicolon', text: '; c\nA=1', python: { A: '1' }, told: ['warning: line 1: skipped'] },
  { title: 'a form feed and a vertical tab in a value', text: 'A=1\fB=2\u000bC=3', python: { A: '1\fB=2\u000bC=3' } },
  {
    title: 'a Unicode line separator, which does not end a line',
    text: 'A=x\u2028B=y\nC=1',
    python: { A: 'x\u2028B=y', C: '1' }
  },
  { title: 'tabs instead of blanks', text: 'A\t=\t1\t# c', python: { A: '1' } },
  { title: 'a backslash at the end of a line', text: 'A=x\\\nB=2', python: { A: 'x\\', B: '2' } },
  {
    title: 'NAME<<END, which is valid only in `secrets`',
    text: 'A<<EOF\nx\nEOF\nB=1',
    python: { 'A<<EOF': null, x: null, EOF: null, B: '1' },
    told: ['warning: lines 1-3: skipped']
  },
  {
    title: 'an array element',
    text: 'A[0]=x\nB=1',
    python: { 'A[0]': 'x', B: '1' },
    told: ['warning: line 1: skipped']
  },
  { title: '+=', text: 'A+=x\nB=1', python: { 'A+': 'x', B: '1' }, told: ['warning: line 1: skipped'] },
  {
    title: 'the command set of the Windows shell',
    text: 'set A=1\nB=2',
    python: { B: '2' },
    told: ['warning: line 1: skipped']
  },
  {
    title: 'a quoted name with a blank',
    text: "'my name'=x\nA=1",
    python: { 'my name': 'x', A: '1' },
    told: ['warning: line 1: skipped']
  },
  {
    title: 'a name in double quotes',
    text: '"A"=x\nB=1',
    python: { '"A"': 'x', B: '1' },
    told: ['warning: line 1: skipped']
  },
  { title: 'two carriage returns in a row', text: 'A=x\r\r\nB=1', python: { A: 'x', B: '1' } }
]
