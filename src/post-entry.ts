import { complaintAbout } from './node-version.ts'

const complaint = complaintAbout(process.version)
if (!complaint) {
  void import('./post-start.ts')
} else if (process.env.STATE_memory) {
  // Without saved state, the main step has already printed the message, and there is nothing to do.
  process.stdout.write(complaint)
}
