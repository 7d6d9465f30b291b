import { expect, jest, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { quickDeploys } from '../support/quick-deploys.js'
import * as registry from '../support/registry.js'
import { type ActionResult, runAction } from '../support/run-action.js'

jest.setTimeout(5 * 60 * 1000)

/** Words that are found wherever they get to. */
const PASSWORD = 'pa55-of-the-login'
const BUILD_SECRET = 's3cret-of-the-build'
const TOKEN = 'ghs-t0ken-of-github'
const SECRETS = [PASSWORD, BUILD_SECRET, TOKEN]

const at = quickDeploys({ username: 'someone', password: PASSWORD })

/** Deploys with every secret that there is; gives the arguments of all processes that were seen meanwhile, too. */
async function deploy(inputs: Record<string, string> = {}): Promise<ActionResult & { seen: string }> {
  const seen = new Set<string>()
  const watching = setInterval(() => {
    for (const line of argumentsOfAll()) seen.add(line)
  }, 5)
  const result = await runAction(
    at.sample.directory,
    {
      mode: 'deploy',
      images: at.image,
      tags: 'live',
      dockerfile: at.sample.dockerfile,
      builder: at.builder.name,
      registry: at.proxy.host,
      username: 'someone',
      password: PASSWORD,
      'github-token': TOKEN,
      'build-secrets': 'id=npm,env=NPM_SECRET',
      'report-file': 'report.json',
      'sarif-file': 'report.sarif',
      ...inputs,
    },
    { NPM_SECRET: BUILD_SECRET },
  )
  clearInterval(watching)
  return { ...result, seen: [...seen].join('\n') }
}

function argumentsOfAll(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ')
      } catch {
        return []
      }
    })
}

/** Everything that a step leaves for others to read. */
function viewsOf({
  log,
  outputs,
  summary,
  state,
  seen,
}: ActionResult & { seen: string }): Record<string, string> {
  const file = (name: string): string => readFileSync(join(at.sample.directory, name), 'utf8')
  return {
    // The runner reads these lines, and hides what they name wherever it comes up.
    log: log.replace(/^::add-mask::.*$/gm, ''),
    outputs: JSON.stringify(outputs),
    summary,
    state: JSON.stringify(state),
    report: file('report.json'),
    sarif: file('report.sarif'),
    arguments: seen,
  }
}

function expectNoSecret(texts: Record<string, string>): void {
  for (const [what, text] of Object.entries(texts))
    for (const secret of SECRETS) expect([what, secret, text.includes(secret)]).toEqual([what, secret, false])
}

test('no secret gets into arguments, logs, the report, or anything of the image', async () => {
  at.sample.write(
    at.sample.dockerfile,
    `FROM ${at.base}\nRUN --mount=type=secret,id=npm cat /run/secrets/npm | wc -c >/app/length.txt\n`,
  )
  const result = await deploy()
  expect(result.exitCode).toBe(0)
  const views = viewsOf(result)
  // They were looked at: what must be in them is.
  expect(views['arguments']).toMatch(/docker buildx build .*--secret id=npm,env=NPM_SECRET/)
  expect(views['arguments']).toContain('docker login --username someone --password-stdin')
  expect(views['report']).toContain(result.outputs['digest'])
  expectNoSecret(views)

  const name = at.image.replace(at.proxy.host, registry.HOST)
  const [parent = '', tag = ''] = at.base.split(/:(?=base$)/)
  const below = new Set((await registry.partsOf(parent, tag)).layers)
  const { texts, layers } = await registry.partsOf(name, 'live')
  const own = layers.filter((layer) => !below.has(layer))
  expect(own).toHaveLength(1)
  const files = await Promise.all(own.map(async (layer) => gunzipSync(await registry.blobOf(name, layer))))
  // The secret was there when the layer was made: its length is in it.
  expect(files.map(String).join()).toContain(`${BUILD_SECRET.length}\n`)
  expectNoSecret({ manifests: texts.join('\n'), layers: files.map(String).join() })
  // No attestation, which could hold build arguments, stands beside the image.
  expect(await registry.platformsOf(name, 'live')).toEqual([expect.stringMatching(/^linux\//)])
})

test('no secret is shown when the build fails, even one given as a build argument', async () => {
  at.sample.write(at.sample.dockerfile, `FROM ${at.base}\nARG KEY\nRUN --mount=type=secret,id=npm exit 7\n`)
  const result = await deploy({ 'build-args': `KEY=${TOKEN}` })
  expect(result.exitCode).toBe(1)
  expect(result.summary).toContain('--build-arg KEY=…')
  // What docker is started with can be seen by every user of the machine: hence build-secrets.
  expectNoSecret({ ...viewsOf(result), arguments: '' })
})

test('no secret is shown when the login is refused', async () => {
  const wrong = `${PASSWORD}-and-wrong`
  const result = await deploy({ password: wrong })
  expect(result.exitCode).toBe(1)
  expect(result.log).toMatch(/^::error::deploy failed in stage deploy: docker login/m)
  expectNoSecret(viewsOf(result))
})
