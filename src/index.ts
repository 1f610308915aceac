import { complaintAbout, complaintAboutFiles } from './node-version.ts'

const complaint = complaintAbout(process.version)
if (complaint) {
  process.exitCode = 1
  process.stdout.write(complaint)
} else {
  // Reports its own errors, except those of files that cannot be loaded.
  import('./main-start.ts').catch((error: unknown) => {
    process.exitCode = 1
    process.stdout.write(complaintAboutFiles(error))
  })
}
