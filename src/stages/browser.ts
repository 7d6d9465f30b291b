import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { copyFromImage } from '../docker/copy.js'
import type { Docker } from '../docker/docker.js'
import type { BuiltImage } from '../image/build.js'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { listed, messageOf } from '../lib/wording.js'
import { findChrome, NoChromeError } from '../proof/browser/chrome.js'
import { type BrowserProof, evaluatePlugins } from '../proof/browser/evaluate.js'
import { reportBrowser } from '../report/browser.js'
import { hasFailingFindings, reportFindings, reportPlugins } from '../report/report.js'
import { catalogue } from '../rules/catalogue.js'
import { type Findings, findings, joinFindings } from '../rules/findings.js'
import { offered } from '../rules/image.js'
import type { Examination } from './check.js'
import { type Run, StageError } from './stage.js'

/**
 * Evaluates every front end of an image in a browser, and stops when one of this repository's fails.
 * @param before the findings so far
 * @returns those findings, and the new ones
 * @throws {StageError} when a finding fails the step, or when a required browser is missing
 */
export async function browser(
  run: Run,
  docker: Docker,
  { image, examined, before }: { image: BuiltImage; examined: Examination; before: Findings },
): Promise<Findings> {
  const { inputs, record } = run
  const { workspace, declarations, desired } = examined
  const wanted = offered(desired).map(({ plugin }) => plugin.name)
  const proof = await evaluate(run, docker, { image, wanted })
  if (!proof) return before
  const own = workspace.plugins.filter(({ web }) => web)
  const source = { root: workspace.root, declarations }
  const all = joinFindings(before, findings(catalogue.browser, { proof, own }, source))
  record({
    findings: reportFindings(all.open),
    accepted: [...all.accepted],
    plugins: reportPlugins(desired, proof.plugins),
  })
  if (hasFailingFindings(all.open, inputs.failOn))
    throw new StageError(
      'browser',
      'front ends of the image have the faults in the findings; no tag was moved',
    )
  return all
}

/**
 * Evaluates an image without its sources: each plugin in it must evaluate.
 * @throws {StageError} when one does not
 */
export async function browserByItself(run: Run, docker: Docker, image: BuiltImage): Promise<void> {
  const proof = await evaluate(run, docker, { image, wanted: [] })
  const failing =
    proof?.plugins.filter(({ fault, chunks }) => fault ?? chunks.some((chunk) => chunk.fault)) ?? []
  if (failing.length > 0)
    throw new StageError(
      'browser',
      `${listed(failing.map(({ name }) => name))} of the image fail in the browser; no tag was moved (browser: off goes back all the same)`,
    )
}

/** Fails before minutes of building when a required browser is missing. */
export function requireBrowser({ inputs }: Run): void {
  if (inputs.browser === 'require') findChrome(process.env)
}

/** @returns `undefined` where nothing could be evaluated, and `browser` does not require it; the report says why */
async function evaluate(
  { inputs, record }: Run,
  docker: Docker,
  { image, wanted }: { image: BuiltImage; wanted: readonly string[] },
): Promise<BrowserProof | undefined> {
  if (inputs.browser === 'off') {
    record({ notes: ['The front ends were not evaluated in a browser: browser is off.'] })
    return undefined
  }
  try {
    const executable = findChrome(process.env)
    docker.onLine(`Evaluating the front ends of ${image.reference} in ${executable}`)
    const proof = await withTemporaryDirectory(async (directory) => {
      const root = join(directory, 'public')
      const path = posix.join(inputs.image.appDir, 'server/dist/public')
      await copyFromImage(docker, { reference: image.reference, path, target: root }).catch(
        (error: unknown) => {
          throw new NoChromeError(`${path} can't be copied out of the image (${messageOf(error)})`)
        },
      )
      if (!existsSync(join(root, 'index.html')))
        throw new NoChromeError(`the image has no ${path}/index.html, so no web client`)
      return evaluatePlugins({ executable, root, wanted })
    })
    record({ browser: reportBrowser(proof) })
    if (proof.notJudged.length > 0) {
      const sentence = `the browser could not tell whether ${listed(proof.notJudged)} evaluate`
      if (inputs.browser === 'require') throw new StageError('browser', `${sentence}; no tag was moved`)
      record({ notes: [`Not proven: ${sentence}.`] })
    }
    if (proof.hosted.length > 0)
      record({
        notes: [`Not evaluated in a browser, since they come from another address: ${listed(proof.hosted)}.`],
      })
    return proof
  } catch (error) {
    if (!(error instanceof NoChromeError)) throw error
    if (inputs.browser === 'require') throw new StageError('browser', `${error.message}; no tag was moved`)
    record({
      browser: { reason: error.message },
      notes: [`The front ends were not evaluated in a browser: ${error.message}.`],
    })
    return undefined
  }
}
