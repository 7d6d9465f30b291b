// Builds dist/: one bundle for each of the two entries, with what runs inside images beside it, and the licences of what it holds.
import { cpSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

rmSync(`${root}dist`, { recursive: true, force: true })
for (const [entry, directory] of [
  ['src/main.ts', 'dist'],
  ['src/cli.ts', 'dist/cli'],
]) {
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/@vercel/ncc/dist/ncc/cli.js',
      'build',
      entry,
      '--out',
      directory,
      '--license',
      'licenses.txt',
    ],
    { cwd: root, stdio: 'inherit' },
  )
  if (status !== 0) process.exit(status ?? 1)
  // These run in the image, or beside it: they are carried beside the bundle, as they are.
  for (const file of ['probe.cjs', 'ask.cjs', 'stock-stack.yml'])
    cpSync(`${root}src/proof/${file}`, `${root}${directory}/${file}`)
  // And this one in a page of a browser.
  cpSync(`${root}src/proof/browser/page-script.cjs`, `${root}${directory}/page-script.cjs`)
  cpSync(`${root}src/image/overlay-stage`, `${root}${directory}/overlay-stage`, { recursive: true })
}
