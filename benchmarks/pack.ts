/**
 * A process that only packs, for archive.ts: `node benchmarks/pack.ts WORKSPACE FILE`. Prints the duration of listing
 * and packing, without the start of Node, and the result.
 */
import { packArchive } from '../src/archive/archive.ts'
import { listEntries } from '../src/archive/entries.ts'
import { readProject } from '../src/archive/project.ts'

const [workspace = '', file = ''] = process.argv.slice(2)
const project = await readProject({ workspace, configPath: 'langgraph.json' })
const startedAt = performance.now()
const { entries } = await listEntries(project, { gitPath: process.env.PATH })
const packed = await packArchive(entries, file)
console.log(JSON.stringify({ ms: performance.now() - startedAt, ...packed }))
