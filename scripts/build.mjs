// Builds dist/: one bundle for each of the two entries, with what runs inside images beside it, and the licences of what it holds.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
    ['node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', entry, '--out', directory],
    { cwd: root, stdio: 'inherit' },
  )
  if (status !== 0) process.exit(status ?? 1)
  // These run in the image, or beside it: they are carried beside the bundle, as they are.
  for (const file of ['probe.cjs', 'ask.cjs', 'stock-stack.yml'])
    cpSync(`${root}src/proof/${file}`, `${root}${directory}/${file}`)
  // And this one in a page of a browser.
  cpSync(`${root}src/proof/browser/page-script.cjs`, `${root}${directory}/page-script.cjs`)
  cpSync(`${root}src/image/overlay-stage`, `${root}${directory}/overlay-stage`, { recursive: true })
  writeFileSync(`${root}${directory}/licenses.txt`, licences())
}

/**
 * Returns the licences of all packages that are installed to run: ncc's own list knows nothing of chunks that are loaded
 * later. The lockfile says which they are, so that the text is the same on every machine.
 */
function licences() {
  const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'))
  const paths = Object.keys(packages).filter((path) => {
    const { dev, optional, devOptional } = packages[path]
    return path !== '' && !dev && !optional && !devOptional
  })
  // A package may be installed twice in one version.
  return [...new Set(paths.sort().map(licenceOf))].join('\n')
}

function licenceOf(path) {
  const { name, version, license } = JSON.parse(readFileSync(`${root}${path}/package.json`, 'utf8'))
  const files = readdirSync(`${root}${path}`).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
  if (files.length === 0)
    throw new Error(
      `${path} has no licence text: dist/ may not hold it without one (package.json says ${license})`,
    )
  const texts = files
    .sort()
    .map((file) => readFileSync(`${root}${path}/${file}`, 'utf8').replaceAll('\r\n', '\n').trim())
  return [`${name} ${version}`, license, '', ...texts, ''].join('\n')
}
