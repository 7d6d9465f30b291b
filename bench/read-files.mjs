// The reference: reads every file that check reads, and does nothing with it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const walk = (directory) => {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) walk(path)
    else if (/(?:manifest|package)\.json$|\.service\.ts$|\.ministarrc\.js$|\.tsx?$/.test(entry.name))
      readFileSync(path, 'utf8')
  }
}
for (const directory of ['client/web/plugins', 'server/plugins']) walk(join(process.argv[2], directory))
