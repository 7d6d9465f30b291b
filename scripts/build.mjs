// Builds dist/: one bundle for each of the two entries, the files that run inside images, and the licences of what it holds.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const compiled = '.build'
for (const directory of ['dist', compiled]) rmSync(`${root}${directory}`, { recursive: true, force: true })

// Types are what `npm run typecheck` looks at. ncc would check them again, once for each entry, which takes most of a minute.
await node(
  ...['node_modules/typescript/bin/tsc', '--project', 'tsconfig.json', '--noCheck', '--noEmit', 'false'],
  ...['--rootDir', '.', '--outDir', compiled],
)
await Promise.all([bundle(`${compiled}/src/main.js`, 'dist'), bundle(`${compiled}/src/cli.js`, 'dist/cli')])
rmSync(`${root}${compiled}`, { recursive: true })

/** Bundles one entry, with the files that it looks for at run time next to itself. */
async function bundle(entry, directory) {
  await node('node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', entry, '--out', directory)
  // These run in the image, or on the runner as they are.
  for (const file of ['probe.cjs', 'ask.cjs', 'stock-stack.yml'])
    cpSync(`${root}src/proof/${file}`, `${root}${directory}/${file}`)
  // And this one in a page of a browser.
  cpSync(`${root}src/proof/browser/page-script.cjs`, `${root}${directory}/page-script.cjs`)
  cpSync(`${root}src/image/overlay-stage`, `${root}${directory}/overlay-stage`, { recursive: true })
  writeFileSync(`${root}${directory}/licenses.txt`, licences())
}

/** Runs Node.js with these arguments in the project's folder; ends the build where it fails. */
async function node(...args) {
  const [status] = await once(spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }), 'close')
  if (status !== 0) process.exit(status ?? 1)
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
