import { describe, expect, test } from '@jest/globals'
import { desiredState } from '../../src/declarations/desired.js'
import { noDeclarations } from '../../src/declarations/types.js'
import { comparePrivileges } from '../../src/privileges/difference.js'
import { type Privilege, privilegesOf } from '../../src/privileges/privileges.js'
import { allRules, catalogue } from '../../src/rules/catalogue.js'
import { runRules } from '../../src/rules/run.js'
import { offered, placeOf } from '../../src/rules/image.js'
import { compareBoot } from '../../src/proof/boot-compare.js'
import { liveRows } from '../../src/proof/live.js'
import { compareServices, unprovenServices } from '../../src/proof/compare.js'
import { readWorkspace } from '../../src/workspace/read.js'
import { bootCases } from './boot.cases.js'
import { browserCases, browserProof } from './browser.cases.js'
import { buildContextCases } from './build-context.cases.js'
import { bundleCases } from './bundle.cases.js'
import { composeCases } from './compose.cases.js'
import { declarationCases } from './declarations.cases.js'
import { dependencyCases } from './dependencies.cases.js'
import { hostedCases } from './hosted.cases.js'
import { imageCases, imageSubject } from './image.cases.js'
import { liveCases } from './live.cases.js'
import { lockfileCases, lockfileUpdateCases } from './lockfile.cases.js'
import { manifestCases } from './manifest.cases.js'
import { packageCases } from './package.cases.js'
import { pluginCases } from './plugin.cases.js'
import { type PrivilegeCase, privilegeCases } from './privilege.cases.js'
import { proofCases } from './proof.cases.js'
import { registrationCases } from './registration.cases.js'
import { serviceCases } from './service.cases.js'
import { sourceCases } from './source.cases.js'
import { webCases } from './web.cases.js'
import { serviceSurfaceCases } from './service-surface.cases.js'
import { REGISTRY_PATHS } from '../../src/tailchat/gateway.js'
import { bootResult } from '../support/boot-result.js'
import { liveResult, promised } from '../support/live-result.js'
import {
  backendPlugin,
  findingsOf,
  frontendPlugin,
  fullstackPlugin,
  registrations,
  withRepository,
} from '../support/repository.js'
import { testRepositoryRules, testRule } from '../support/rule-cases.js'
import { promisedService } from '../support/service-source.js'

const repositoryCases = [
  ...pluginCases,
  ...buildContextCases,
  ...manifestCases,
  ...packageCases,
  ...webCases,
  ...serviceCases,
  ...serviceSurfaceCases,
  ...dependencyCases,
  ...lockfileCases,
  ...composeCases,
  ...registrationCases,
  ...declarationCases,
  ...sourceCases,
]

describe('rules about the repository', () => {
  testRepositoryRules(repositoryCases)
})

describe('rules about a lockfile that was not updated', () => {
  for (const table of lockfileUpdateCases)
    testRule(table, ({ failure }) => runRules(catalogue.lockfile, failure, new Map()))
})

describe('rules about the image', () => {
  for (const table of proofCases)
    testRule(table, ({ services, onInit, provided }) => {
      const service = promisedService('com.acme.audit', onInit)
      const proof = compareServices(
        { expected: [service], tolerated: [], development: [] },
        { finished: true, services, asyncErrors: [] },
        new Map([[service.compiled, new Set(provided)]]),
      )
      return runRules(catalogue.proof, proof, new Map())
    })

  const files = {
    ...frontendPlugin('com.acme.theme'),
    ...frontendPlugin('com.acme.hidden'),
    ...fullstackPlugin('com.acme.tickets'),
    ...registrations({ registry: ['com.acme.theme'], install: ['com.acme.tickets'] }),
  }
  for (const table of imageCases)
    testRule(table, (given) =>
      withRepository(files, async (root) => {
        const desired = desiredState(await readWorkspace(root), noDeclarations, 'report')
        return runRules(catalogue.image, imageSubject(given, desired), new Map())
      }),
    )

  for (const table of browserCases)
    testRule(table, (given) =>
      withRepository(files, async (root) => {
        const { plugins } = await readWorkspace(root)
        return runRules(catalogue.browser, { proof: browserProof(given), own: plugins }, new Map())
      }),
    )

  const service = promisedService('com.acme.audit')
  for (const table of bootCases)
    testRule(table, (given) =>
      withRepository(files, async (root) => {
        const desired = desiredState(await readWorkspace(root), noDeclarations, 'report')
        const result = bootResult(given)
        const rows = unprovenServices([service]).map((row) => ({ ...row, loaded: true }))
        const { file, line, compiled } = service
        const awaited = [
          { name: 'plugin:com.acme.audit', file, line: line ?? 0, compiled, needsDatabase: false },
        ]
        const proof = {
          file: 'compose.yml',
          timeoutSeconds: 60,
          result,
          awaited,
          ...compareBoot(rows, { awaited, tree: [service.compiled] }, { result, timeoutSeconds: 60 }),
        }
        return runRules(
          catalogue.boot,
          {
            ...proof,
            offered: offered(desired).map(({ plugin }) => ({
              plugin: plugin.name,
              file: placeOf(plugin).file,
            })),
            registries: REGISTRY_PATHS,
            available: ['plugin:com.acme.audit'],
          },
          new Map(),
        )
      }),
    )
})

describe('rules about other hosts', () => {
  for (const table of hostedCases)
    testRule(table, (given) => {
      const nothing = { asked: [], madeUp: 404, elsewhere: [] }
      const addresses = { publicUrl: 'https://plugins.acme.example', liveUrl: 'https://chat.acme.example' }
      return runRules(catalogue.hosted, { file: 'Dockerfile', ...addresses, ...nothing, ...given }, new Map())
    })
})

describe('rules about bundles for a static host', () => {
  const name = 'com.acme.theme'
  for (const table of bundleCases)
    testRule(table, (given) => {
      const url = `https://plugins.acme.example/1.0.0/${name}/index.js`
      const manifest = { label: 'x', name, url, version: '1.0.0', author: 'x', description: 'x' }
      const file = `client/web/plugins/${name}/manifest.json`
      const plugin = { name, file, manifest, url, scripts: [], ...given }
      return runRules(catalogue.bundle, { plugins: [plugin] }, new Map())
    })
})

describe('rules about a live server', () => {
  const { file, line = 0, plugin } = promisedService('com.acme.audit')
  for (const table of liveCases)
    testRule(table, (given) => {
      const services = [{ name: 'plugin:com.acme.audit', plugin, file, line }]
      const promise = promised([], { services, ...given.promise })
      const result = liveResult({ listed: given.listed, ...given.result })
      const rows = liveRows(promise, result, 120)
      return runRules(
        catalogue.live,
        { file: 'Dockerfile', promise, result, rows, timeoutSeconds: 120 },
        new Map(),
      )
    })
})

describe('rules about a pull request', () => {
  const name = 'com.acme.audit'
  const privileges = ({ onInit = '', method = '' }: PrivilegeCase['now']): Promise<Privilege[]> =>
    withRepository(
      backendPlugin(name, {
        'services/main.service.ts': `import { TcService } from 'tailchat-server-sdk'
export default class Audit extends TcService {
  get serviceName() { return 'plugin:${name}' }
  onInit() {
    ${onInit}
  }
  async work(ctx) {
    ${method}
  }
}
`,
      }),
      async (root) => privilegesOf((await readWorkspace(root)).plugins, false),
    )
  for (const table of privilegeCases)
    testRule(table, async ({ before, now }) => {
      const change = comparePrivileges(name, before && (await privileges(before)), await privileges(now))
      return runRules(catalogue.privileges, change ? [change] : [], new Map())
    })
})

describe('the catalogue', () => {
  const tables = [
    ...repositoryCases,
    ...privilegeCases,
    ...lockfileUpdateCases,
    ...proofCases,
    ...imageCases,
    ...browserCases,
    ...bootCases,
    ...liveCases,
    ...bundleCases,
    ...hostedCases,
  ]

  test.each(allRules().map(({ id }) => id))('%s has valid and invalid cases', (id) => {
    const [table, ...more] = tables.filter(({ rule }) => rule === id)
    expect(more).toEqual([])
    expect(Object.keys(table?.valid ?? {})).not.toEqual([])
    expect(Object.keys(table?.invalid ?? {})).not.toEqual([])
  })

  test('every table is of a rule that exists', () => {
    const ids: string[] = allRules().map(({ id }) => id)
    expect(tables.map(({ rule }) => rule).filter((rule) => !ids.includes(rule))).toEqual([])
  })

  test('ids are unique and read subject/what-is-wrong', () => {
    const ids = allRules().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*\/[a-z]+(-[a-z]+)*$/)
  })

  test('every rule says what it is about and why it matters', () => {
    for (const { title, why, mend, bad, good, severity } of allRules()) {
      expect(title).toMatch(/^\S.*[^.]$/)
      expect(why).toMatch(/^\S.*\.$/)
      expect(mend).toMatch(/^\S.*\.$/)
      expect(bad.trim()).not.toBe('')
      expect(good.trim()).not.toBe('')
      expect(good).not.toBe(bad)
      expect(['error', 'warning', 'notice']).toContain(severity)
    }
  })
})

describe('severities', () => {
  const files = frontendPlugin('com.acme.theme', { 'manifest.json': undefined })
  const severitiesWith = async (rules: string): Promise<string[]> =>
    (await findingsOf({ ...files, 'tailchat-plugins.yml': `version: 1\nrules: ${rules}\n` })).map(
      ({ rule, severity }) => `${severity} ${rule}`,
    )

  test('are the rule’s own unless the declarations say otherwise', async () => {
    expect(await severitiesWith('{}')).toEqual(['error manifest/missing'])
  })

  test.each(['warning', 'notice'])('can be lowered to %s', async (severity) => {
    expect(await severitiesWith(`{ manifest/missing: ${severity} }`)).toEqual([
      `${severity} manifest/missing`,
    ])
  })

  test('can be switched off', async () => {
    expect(await severitiesWith('{ manifest/missing: off }')).toEqual([])
  })

  test('can be raised, for rules about the plan too', async () => {
    const declared = 'version: 1\nrules: { plugin/not-offered: error, registration/out-of-date: notice }\n'
    const plugins = { ...frontendPlugin('com.acme.a'), ...frontendPlugin('com.acme.b') }
    const found = await findingsOf({
      ...plugins,
      'tailchat-plugins.yml': `${declared}plugins: { com.acme.b: { offer: registry } }\n`,
    })
    expect(found.map(({ rule, severity, fixable }) => ({ rule, severity, fixable }))).toEqual([
      { rule: 'plugin/not-offered', severity: 'error', fixable: false },
      { rule: 'registration/out-of-date', severity: 'notice', fixable: true },
    ])
  })
})

test('a sound repository has no findings', async () => {
  expect(
    await findingsOf({
      ...frontendPlugin('com.acme.theme'),
      ...fullstackPlugin('com.acme.tickets'),
      ...registrations({ registry: ['com.acme.theme'], install: ['com.acme.tickets'] }),
    }),
  ).toEqual([])
})
