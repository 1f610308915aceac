import { complaintAbout } from './node-version.ts'

const complaint = complaintAbout(process.version)
if (!complaint) {
  void import('./post-start.ts')
} else if (process.env.STATE_memory) {
  // Without a state the main step has told it, and there is nothing to do.
  process.stdout.write(complaint)
}
