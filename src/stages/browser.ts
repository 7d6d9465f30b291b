import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { copyFromImage } from '../docker/copy.js'
import type { Docker } from '../docker/docker.js'
import type { BuiltImage } from '../image/build.js'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { listed, messageOf } from '../lib/wording.js'
import { type BrowserProof, evaluatePlugins } from '../proof/browser/evaluate.js'
import { findChrome, NoChromeError } from '../proof/browser/find-chrome.js'
import { putPlugins, type ServedPlugin } from '../proof/browser/put-plugins.js'
import { compareHosts, reportBrowser } from '../report/browser.js'
import { hasFailingFindings, reportFindings, reportPlugins } from '../report/report.js'
import { catalogue } from '../rules/catalogue.js'
import { type Findings, findings, joinFindings } from '../rules/findings.js'
import { offered } from '../rules/image.js'
import type { Examination } from './check.js'
import { type Run, StageError } from './stage.js'

/** What is evaluated: the front ends of an image, with others put into their place where there are some. */
interface Subject {
  reference: string
  /** Plugins that must evaluate, whatever the image offers. */
  wanted: readonly string[]
  put?: readonly ServedPlugin[]
  /** What did not happen where this fails, as a sentence ends. */
  withheld: string
}

const NO_TAG = 'no tag was moved'

/**
 * Evaluates every front end of an image in a browser, and stops when one of this repository's fails.
 * @param before the findings so far
 * @param earlier the image that it replaces, where the hosts that plugins contact are to be compared
 * @returns those findings, and the new ones
 * @throws {StageError} when a finding fails the step, or when a required browser is missing
 */
export async function browser(
  run: Run,
  docker: Docker,
  {
    image: { reference },
    examined,
    before,
    earlier,
  }: { image: BuiltImage; examined: Examination; before: Findings; earlier: string | undefined },
): Promise<Findings> {
  const wanted = offered(examined.desired).map(({ plugin }) => plugin.name)
  const subject = { reference, wanted, withheld: NO_TAG }
  const proof = await evaluate(run, docker, subject)
  if (!proof) return before
  if (earlier !== undefined) await recordHosts(run, docker, { proof, subject, earlier })
  return judge(run, { proof, examined, before, withheld: NO_TAG })
}

/**
 * Evaluates plugins that will come from a static host, in the client of the image whose toolchain built them.
 * @throws {StageError} as above
 */
export async function browserOfBundles(
  run: Run,
  docker: Docker,
  {
    base,
    examined,
    before,
    put,
  }: { base: string; examined: Examination; before: Findings; put: readonly ServedPlugin[] },
): Promise<void> {
  const withheld = 'nothing was written'
  const wanted = put.map(({ name }) => name)
  const proof = await evaluate(run, docker, { reference: base, wanted, put, withheld })
  if (proof) judge(run, { proof, examined, before, withheld })
}

/**
 * Evaluates an image without its sources: each plugin in it must evaluate.
 * @throws {StageError} when one does not
 */
export async function browserByItself(run: Run, docker: Docker, { reference }: BuiltImage): Promise<void> {
  const proof = await evaluate(run, docker, { reference, wanted: [], withheld: NO_TAG })
  const failing =
    proof?.plugins.filter(({ fault, chunks }) => fault ?? chunks.some((chunk) => chunk.fault)) ?? []
  if (failing.length > 0)
    throw new StageError(
      'browser',
      `${listed(failing.map(({ name }) => name))} of the image fail in the browser; ${NO_TAG} (browser: off goes back all the same)`,
    )
}

/** Fails before minutes of building when a required browser is missing. */
export function requireBrowser({ inputs }: Run): void {
  if (inputs.browser === 'require') findChrome(process.env)
}

function judge(
  { inputs, record }: Run,
  {
    proof,
    examined: { workspace, declarations, desired },
    before,
    withheld,
  }: { proof: BrowserProof; examined: Examination; before: Findings; withheld: string },
): Findings {
  const own = workspace.plugins.filter(({ web }) => web)
  const source = { root: workspace.root, declarations }
  const all = joinFindings(before, findings(catalogue.browser, { proof, own }, source))
  record({
    findings: reportFindings(all.open),
    accepted: [...all.accepted],
    plugins: reportPlugins(desired, proof.plugins),
  })
  if (hasFailingFindings(all.open, inputs))
    throw new StageError('browser', `front ends have the faults in the findings; ${withheld}`)
  return all
}

/** Records what plugins contact that they did not before; the earlier image is asked only where one contacts a host now. */
async function recordHosts(
  run: Run,
  docker: Docker,
  { proof, subject, earlier }: { proof: BrowserProof; subject: Subject; earlier: string },
): Promise<void> {
  if (proof.plugins.every(({ hosts }) => hosts.length === 0)) return
  try {
    const old = await proofOf(run, docker, { ...subject, reference: earlier, wanted: [] })
    run.record({ browser: { ...reportBrowser(proof), hosts: compareHosts(earlier, old, proof) } })
  } catch (error) {
    run.record({
      notLookedAt: [`which hosts the front ends of ${earlier} contact (${messageOf(error)})`],
    })
  }
}

/** @returns `undefined` where nothing could be evaluated, and `browser` does not require it; the report says why */
async function evaluate(run: Run, docker: Docker, subject: Subject): Promise<BrowserProof | undefined> {
  const { inputs, record } = run
  if (inputs.browser === 'off') {
    record({ notes: ['The front ends were not evaluated in a browser: browser is off.'] })
    return undefined
  }
  try {
    const proof = await proofOf(run, docker, subject)
    record({ browser: reportBrowser(proof), notLookedAt: notEvaluated(proof) })
    if (proof.notJudged.length > 0 && inputs.browser === 'require')
      throw new StageError(
        'browser',
        `the browser could not tell whether ${listed(proof.notJudged)} evaluate; ${subject.withheld}`,
      )
    return proof
  } catch (error) {
    if (!(error instanceof NoChromeError)) throw error
    if (inputs.browser === 'require') throw new StageError('browser', `${error.message}; ${subject.withheld}`)
    record({
      browser: { reason: error.message },
      notLookedAt: [`whether front ends evaluate in a browser (${error.message})`],
    })
    return undefined
  }
}

/** What the browser leaves open, for the report. */
function notEvaluated({ notJudged, hosted }: BrowserProof): string[] {
  return [
    ...(notJudged.length > 0
      ? [`whether ${listed(notJudged)} evaluate, since too much else fails in the browser`]
      : []),
    ...(hosted.length > 0
      ? [`whether ${listed(hosted)} evaluate, since they come from another address`]
      : []),
  ]
}

/** @throws {NoChromeError} where there is no browser, or no client to show in it */
function proofOf(
  { inputs, surroundings: { onChrome } }: Run,
  docker: Docker,
  { reference, wanted, put = [] }: Subject,
): Promise<BrowserProof> {
  const executable = findChrome(process.env)
  docker.onLine(`Evaluating the front ends of ${reference} in ${executable}`)
  return withTemporaryDirectory(async (directory) => {
    const root = join(directory, 'public')
    const path = posix.join(inputs.image.appDir, 'server/dist/public')
    await copyFromImage(docker, { reference, path, target: root }).catch((error: unknown) => {
      throw new NoChromeError(`${path} can't be copied out of the image (${messageOf(error)})`)
    })
    if (!existsSync(join(root, 'index.html')))
      throw new NoChromeError(`the image has no ${path}/index.html, so no web client`)
    putPlugins(root, put)
    return evaluatePlugins({ executable, root, wanted, ...(onChrome && { onChrome }) })
  })
}
