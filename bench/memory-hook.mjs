// Loaded into a measured process: writes its peak memory in MiB to the file that the environment names.
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  writeFileSync(process.env.BENCH_MEMORY_FILE, String(process.resourceUsage().maxRSS / 1024))
})
