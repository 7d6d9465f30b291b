import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import * as registry from '../support/registry.js'
import { runAction, runCli } from '../support/run-action.js'
import { createSample, type Sample } from '../support/sample.js'

/** A build of the sample takes half a minute on a small machine. */
jest.setTimeout(10 * 60 * 1000)

const SERVICES = [
  'plugin:com.example.audit',
  'plugin:com.example.polls',
  'plugin:com.example.polls.archive',
  'plugin:com.example.tickets',
]

let sample: Sample
let image: string

beforeAll(registry.answers)

beforeEach(() => {
  sample = createSample()
  image = registry.newImage()
})
afterEach(() => sample.remove())

const digestInRegistry = (reference: string) => registry.digestOf(image, reference)

function deploy(inputs: Record<string, string> = {}, env: Record<string, string> = {}) {
  return runAction(sample.directory, { mode: 'deploy', images: image, tags: 'live', ...inputs }, env)
}

/** What the action keeps in the machine's directory for temporary files. */
function temporaryDirectories(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('tailchat-plugins-'))
}

/** Puts a service into the sample's backend plugin, beside the one that it has. */
function addService(name: string, onInit: string): string {
  const file = `server/plugins/com.example.audit/services/${name}.service.ts`
  writeFileSync(
    join(sample.directory, file),
    `import { TcService } from 'tailchat-server-sdk';

class ExtraService extends TcService {
  get serviceName() {
    return 'plugin:com.example.audit.${name}';
  }

  onInit() {
    ${onInit}
  }
}

export default ExtraService;
`,
  )
  return file
}

describe('a clean deploy', () => {
  test('pushes an image that the registry serves, with every service proven, and reports it in every view', async () => {
    const sha = sample.commit()
    const result = await deploy(
      { tags: '', 'report-file': 'report.json' },
      {
        GITHUB_REF: 'refs/tags/v1.2.3',
        GITHUB_SHA: sha,
        GITHUB_REPOSITORY: 'Acme/tailchat',
        GITHUB_SERVER_URL: 'https://github.example',
      },
    )
    expect(result.log).not.toMatch(/^::error/m)
    expect(result.exitCode).toBe(0)

    const { digest } = result.outputs
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    for (const tag of ['1.2.3', '1.2', '1', `sha-${sha.slice(0, 12)}`, digest ?? ''])
      expect([tag, await digestInRegistry(tag)]).toEqual([tag, digest])
    expect(result.outputs).toMatchObject({
      errors: '0',
      changed: 'false',
      strategy: 'full',
      image: `${image}@${digest}`,
      'previous-digest': '',
      'services-loaded': '4',
      'services-missing': '0',
    })
    const services = JSON.parse(result.outputs['services'] ?? '') as {
      name: string
      expected: boolean
      loaded: boolean
    }[]
    expect(services.filter(({ expected }) => expected).map(({ name, loaded }) => [name, loaded])).toEqual(
      SERVICES.map((name) => [name, true]),
    )

    for (const name of SERVICES) expect(result.summary).toContain(`<code>${name}</code>`)
    expect(result.summary).toContain(digest)
    const report = JSON.parse(readFileSync(join(sample.directory, 'report.json'), 'utf8')) as {
      image: unknown
      timings: object
    }
    expect(report.image).toMatchObject({ name: image, digest })
    expect(Object.keys(report.timings)).toEqual(expect.arrayContaining(['image', 'proof', 'tags']))

    const config = await registry.labelsOf(image, digest ?? '')
    expect(config).toMatchObject({
      'org.opencontainers.image.revision': sha,
      'org.opencontainers.image.source': 'https://github.example/Acme/tailchat',
    })
    expect(config['org.opencontainers.image.created']).toMatch(/^\d{4}-\d\d-\d\dT/)

    const needs = ['doctor', '--images', image, '--browser', 'off', '--base-image']
    const here = await runCli([...needs, `${image}:1.2.3`], sample.directory)
    expect(here.text).toMatch(
      /^ok +docker .*\nok +buildx .*\n.*\nok +base image +\S+ (?:can be pulled|is in the engine)$/m,
    )
    expect(here.exitCode).toBe(0)
    const missing = await runCli([...needs, `${image}:none`], sample.directory)
    expect(missing.text).toMatch(/^problem +base image +there is no /m)
    expect(missing.exitCode).toBe(1)
  })

  test('registers a new plugin first, and the image then loads its service and offers it', async () => {
    sample.add('com.example.wall')
    writeFileSync(
      join(sample.directory, 'tailchat-plugins.yml'),
      'version: 1\nplugins:\n  com.example.wall:\n    offer: registry\n',
    )
    sample.commit()
    const { exitCode, text } = await runCli(
      ['deploy', '.', '--images', image, '--tags', 'live'],
      sample.directory,
    )
    expect([exitCode, text]).toEqual([0, expect.stringContaining('loaded  plugin:com.example.wall\n')])
    expect(text).toContain('changed  package.json: add com.example.wall')
    expect(text).toContain('5 of 5 services proven')
    expect(await digestInRegistry('live')).toBeDefined()
  })

  test('logs in for itself alone: the password is in no log, and no configuration stays behind', async () => {
    const before = temporaryDirectories()
    const result = await deploy({
      registry: registry.HOST,
      username: 'someone',
      password: 'pa55-of-the-test',
    })
    expect(result.exitCode).toBe(0)
    expect(result.log.replace('::add-mask::pa55-of-the-test', '')).not.toContain('pa55-of-the-test')
    expect(temporaryDirectories()).toEqual(before)
  })

  test('names the digest that the tag pointed at before', async () => {
    const first = await deploy()
    const second = await deploy({ labels: 'again=yes' })
    expect(second.exitCode).toBe(0)
    expect(second.outputs['previous-digest']).toBe(first.outputs['digest'])
    expect(await digestInRegistry('live')).toBe(second.outputs['digest'])
    expect(second.outputs['digest']).not.toBe(first.outputs['digest'])
  })

  test('push: false builds and proves, and the registry gets nothing', async () => {
    const result = await deploy({ push: 'false' })
    expect(result.exitCode).toBe(0)
    expect(result.outputs['services-loaded']).toBe('4')
    expect(await digestInRegistry('live')).toBeUndefined()
  })
})

describe('an image that is not proven', () => {
  const faults: { title: string; arrange: () => string; reason: string }[] = [
    {
      title: 'a plugin whose service throws when it is constructed',
      arrange: () => {
        sample.add('com.example.crash')
        return 'plugin:com.example.crash'
      },
      reason: 'TOKEN is not set',
    },
    {
      title: 'a service that ends the process',
      arrange: () => {
        addService('quit', 'process.exit(3);')
        return 'plugin:com.example.audit.quit'
      },
      reason: 'died or hung',
    },
    {
      title: 'a service whose file does not reach the image',
      arrange: () => {
        const file = addService('lost', '')
        appendFileSync(join(sample.directory, '.dockerignore'), `\n${file}\n`)
        // What the check finds of it is left aside: the proof stands for every other way to lose a file.
        sample.write('tailchat-plugins.yml', 'version: 1\nplugins: {}\nrules:\n  plugin/kept-out: off\n')
        return 'plugin:com.example.audit.lost'
      },
      reason: 'not in the image: .* and neither does its source',
    },
    {
      title: 'a service that the compiler leaves out',
      arrange: () => {
        const file = addService('skipped', '')
        const config = join(sample.directory, 'server/tsconfig.json')
        const exclude = `"exclude": [\n    "${file.slice('server/'.length)}",`
        writeFileSync(config, readFileSync(config, 'utf8').replace('"exclude": [', exclude))
        return 'plugin:com.example.audit.skipped'
      },
      reason: 'the build did not compile it',
    },
  ]

  test.each(faults)(
    '$title fails the step, is named with its reason, and moves no tag',
    async ({ arrange, reason }) => {
      const first = await deploy()
      expect(first.exitCode).toBe(0)
      const before = await digestInRegistry('live')
      expect(before).toBe(first.outputs['digest'])

      const service = arrange()
      sample.commit()
      // Where only plugins changed, they go on the image before: a full build takes most of a minute.
      const second = await deploy({ 'base-image': `${image}:live` })
      expect(second.exitCode).toBe(1)
      expect(second.log).toMatch(new RegExp(`^::error[^\\n]*${service}[^\\n]*${reason}`, 'm'))
      expect(second.summary).toMatch(new RegExp(reason))
      expect(second.summary).toContain(service)
      expect(second.outputs['services-missing']).not.toBe('0')
      expect(second.outputs['tags']).toBe('[]')
      expect(await digestInRegistry('live')).toBe(before)
    },
  )

  test('a bundle that the bundler failed to build, which the build itself survives, moves no tag', async () => {
    const entry = 'client/web/plugins/com.example.theme/src/index.ts'
    // A build that comes out of the cache prints nothing: this one never was in it.
    appendFileSync(join(sample.directory, entry), `\nconst = ; // ${randomUUID()}\n`)
    const result = await deploy()
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(
      /^::error[^\n]*image\/bundle-missing[^\n]*plugins\/com\.example\.theme\/index\.js/m,
    )
    expect(result.log).toMatch(/^::error[^\n]*build\/printed-error[^\n]*✖/m)
    expect(result.outputs['services-missing']).toBe('0')
    expect(await digestInRegistry('live')).toBeUndefined()
  })

  test('a build that fails is reported with its last lines, and moves no tag', async () => {
    appendFileSync(join(sample.directory, 'Dockerfile'), '\nRUN echo the-last-words && exit 7\n')
    const result = await deploy()
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(/^::error::deploy failed in stage image: docker buildx build/m)
    expect(result.summary).toContain('the-last-words')
    expect(await digestInRegistry('live')).toBeUndefined()
  })

  test('a cancelled proof leaves no container and no temporary directory behind', async () => {
    const first = await deploy()
    addService('endless', 'for (;;);')
    const probes = (): string =>
      execFileSync('docker', ['ps', '--quiet', '--filter', 'name=tailchat-plugins-probe-'], {
        encoding: 'utf8',
      })
    const before = temporaryDirectories()
    const result = await runAction(
      sample.directory,
      { mode: 'deploy', images: image, tags: 'live', 'base-image': `${image}:live` },
      {},
      () => probes() !== '',
    )
    expect(result.exitCode).toBe(143)
    expect(probes()).toBe('')
    expect(temporaryDirectories()).toEqual(before)
    expect(await digestInRegistry('live')).toBe(first.outputs['digest'])
  })

  test('a container registry that does not answer is noticed before any tag has moved', async () => {
    const result = await deploy({ images: `${image}, 127.0.0.1:1/e2e/tailchat` })
    expect(result.exitCode).toBe(1)
    expect(result.log).toContain('deploy failed in stage tags')
    expect(result.outputs['tags']).toBe('[]')
    expect(await digestInRegistry('live')).toBeUndefined()
  })

  test('a deploy without any tag is refused before it builds', async () => {
    rmSync(join(sample.directory, '.git'), { recursive: true })
    const result = await deploy({ tags: '' })
    expect(result.exitCode).toBe(1)
    expect(result.log).toContain('deploy failed in stage prepare: no tag is given')
  })

  test('a report file that cannot be written fails the step and keeps the other views', async () => {
    const result = await runAction(sample.directory, { 'report-file': 'client' })
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(/^::error::report-file: client cannot be written/m)
    expect(result.outputs['errors']).toBe('0')
    expect(result.summary).toContain('Tailchat plugins: check')
  })

  test('findings stop a deploy before anything is built', async () => {
    writeFileSync(join(sample.directory, 'client/web/plugins/com.example.theme/manifest.json'), 'null')
    const result = await deploy()
    expect(result.exitCode).toBe(1)
    expect(result.log).toContain('nothing was built')
    expect(result.outputs['digest']).toBe('')
    expect(await digestInRegistry('live')).toBeUndefined()
  })
})
