import { complaintAbout } from './node-version.ts'

const complaint = complaintAbout(process.version)
if (complaint) {
  process.exitCode = 1
  process.stdout.write(complaint)
} else {
  void import('./main-start.ts')
}
