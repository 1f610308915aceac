import { spawnSync } from 'node:child_process'

/** Returns the error that code throws as a module in Node: the test runner has a module loader of its own. */
export function thrownInNode(code: string): unknown {
  const print = `(error) => process.stdout.write(JSON.stringify({ ...error, name: error.name, message: error.message, stack: error.stack }))`
  const all = `try { ${code} } catch (error) { (${print})(error) }`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', all], { encoding: 'utf8' })
  const thrown: unknown = JSON.parse(stdout)
  return Object.assign(new Error(), thrown)
}
