import { printedErrors } from '../../src/image/build-log.js'
import type { ImageSubject } from '../../src/rules/image.js'
import type { ImageContents } from '../../src/proof/probe-result.js'
import type { RuleCases } from '../support/rule-cases.js'

/**
 * What an image holds, and what its build printed. The repository offers com.acme.theme (registry.json) and
 * com.acme.tickets (plugin:install); com.acme.hidden is offered nowhere.
 */
export interface ImageCase {
  contents?: Partial<ImageContents>
  loaderModules?: ImageSubject['loaderModules']
  log?: string[]
}

const THEME = 'client/web/plugins/com.acme.theme/package.json'
const TICKETS = 'server/plugins/com.acme.tickets/web/plugins/com.acme.tickets/package.json'

type Bundle = ImageContents['bundles'][number]

function bundle(name: string, changes: Partial<Bundle['files'][number]> = {}): Bundle {
  return {
    name,
    files: [
      { file: 'index.js', id: `@plugins/${name}`, dependencies: ['require', '@capital/common'], ...changes },
    ],
  }
}

/** An image without a fault. */
export const SOUND: ImageContents = {
  serverConfig: true,
  registry: ['com.acme.theme'],
  backendRegistry: ['com.acme.tickets'],
  bundles: [bundle('com.acme.theme'), bundle('com.acme.tickets')],
}

/** The image with another bundle of com.acme.tickets. */
function withTickets(...files: Bundle['files']): Partial<ImageContents> {
  return { bundles: [bundle('com.acme.theme'), { name: 'com.acme.tickets', files }] }
}

export const imageCases: RuleCases<ImageCase>[] = [
  {
    rule: 'image/bundle-missing',
    valid: { 'a bundle for every plugin that is offered, none for the others': {} },
    invalid: {
      'no directory for a plugin': {
        contents: { bundles: [bundle('com.acme.tickets')] },
        finds: [{ at: THEME, plugin: 'com.acme.theme', says: 'no plugins/com.acme.theme/index.js' }],
      },
      'an entry of another name': {
        contents: withTickets({ file: 'main.js', id: '@plugins/com.acme.tickets', dependencies: [] }),
        finds: [{ at: TICKETS, plugin: 'com.acme.tickets', says: 'no plugins/com.acme.tickets/index.js' }],
      },
    },
  },
  {
    rule: 'image/bundle-of-another-name',
    valid: {
      'bundles that define their plugin': {},
      'no bundle, which is another finding': { contents: { bundles: [] } },
    },
    invalid: {
      'the bundle of another plugin': {
        contents: withTickets({ file: 'index.js', id: '@plugins/com.acme.other', dependencies: [] }),
        finds: [{ at: TICKETS, plugin: 'com.acme.tickets', says: 'defines "@plugins/com.acme.other"' }],
      },
      'a page in its place': {
        contents: withTickets({ file: 'index.js' }),
        finds: [{ at: TICKETS, plugin: 'com.acme.tickets', says: 'defines no plugin' }],
      },
    },
  },
  {
    rule: 'image/bundle-dependency',
    valid: {
      'modules that the client registers': {},
      'a chunk of its own': {
        contents: withTickets(
          { file: 'index.js', id: '@plugins/com.acme.tickets', dependencies: ['./index-1a2b'] },
          { file: 'index-1a2b.js' },
        ),
      },
      'a chunk for later that is there': {
        contents: withTickets(
          {
            file: 'index.js',
            id: '@plugins/com.acme.tickets',
            dependencies: ['require'],
            lazy: ['./page-1a2b'],
          },
          { file: 'page-1a2b.js' },
        ),
      },
      'anything where the loader cannot be read': {
        loaderModules: undefined,
        contents: { bundles: [bundle('com.acme.theme', { dependencies: ['dayjs'] })] },
      },
    },
    invalid: {
      'a package that is in no package.json': {
        contents: {
          bundles: [
            bundle('com.acme.theme', { dependencies: ['react', 'dayjs'] }),
            bundle('com.acme.tickets'),
          ],
        },
        finds: [
          { at: THEME, plugin: 'com.acme.theme', says: 'needs "dayjs", which the client does not have' },
        ],
      },
      'a chunk for later that is not there': {
        contents: withTickets({
          file: 'index.js',
          id: '@plugins/com.acme.tickets',
          dependencies: ['require'],
          lazy: ['./page-1a2b'],
        }),
        finds: [{ at: TICKETS, plugin: 'com.acme.tickets', says: 'asks for "./page-1a2b" later' }],
      },
      'a chunk that is not there, needed by another chunk': {
        contents: withTickets(
          { file: 'index.js', id: '@plugins/com.acme.tickets', dependencies: [] },
          { file: 'index-1a2b.js', id: './index-1a2b', dependencies: ['./gone'] },
        ),
        finds: [{ at: TICKETS, plugin: 'com.acme.tickets', says: 'needs "./gone"' }],
      },
    },
  },
  {
    rule: 'image/registry-differs',
    valid: {
      'the lists that the repository says': {},
      'a plugin that is hosted elsewhere': {
        contents: { registry: ['com.acme.theme', 'org.hosted.plugin'] },
      },
    },
    invalid: {
      'a plugin that is not listed': {
        contents: { backendRegistry: [] },
        finds: [
          {
            at: 'package.json',
            plugin: 'com.acme.tickets',
            says: 'registry-be.json of the image does not list it',
          },
        ],
      },
      'a plugin that is listed and gone': {
        contents: { backendRegistry: ['com.acme.gone', 'com.acme.tickets'] },
        finds: [{ at: 'package.json', plugin: 'com.acme.gone', says: 'took an older list along' }],
      },
      'a plugin that is hidden': {
        contents: { registry: ['com.acme.theme', 'com.acme.hidden'] },
        finds: [
          { at: 'client/web/registry.json', plugin: 'com.acme.hidden', says: 'which is not registered' },
        ],
      },
      'no list at all': {
        contents: { registry: null },
        finds: [
          { at: 'client/web/registry.json', says: 'the image has no public/registry.json with a list' },
        ],
      },
    },
  },
  {
    rule: 'image/server-config-missing',
    valid: { 'a compiled configuration': {} },
    invalid: {
      'output one level down': {
        contents: { serverConfig: false },
        finds: [{ at: 'server/tsconfig.json', says: 'imports from outside server/' }],
      },
    },
  },
  {
    rule: 'build/printed-error',
    valid: {
      'a build that went well': { log: ['#16 9.6 ✔ Bundle [com.acme.theme] success in 83ms!'] },
    },
    invalid: {
      'a bundle that failed': {
        log: ['#16 9.658 ✖ Bundle [com.acme.theme] error', 'Error: Unexpected token'],
        finds: [{ at: THEME, plugin: 'com.acme.theme', says: '"✖ Bundle [com.acme.theme] error"' }],
      },
      'a compilation that failed': {
        log: ['#16 4.1 ✖ Tailchat Server Compilation failed!'],
        finds: [{ at: 'Dockerfile', says: 'Compilation failed!' }],
      },
    },
  },
  {
    rule: 'build/type-error',
    valid: {
      'no diagnostics': { log: ['#16 4.0 ✔ Compiled!'] },
      'a diagnostic outside of the plugins': {
        log: ['#16 4.0 test/list.spec.ts (3,4): No overload matches'],
      },
    },
    invalid: {
      'a diagnostic in a plugin': {
        log: [
          '#16 4.0 /app/tailchat/server/plugins/com.acme.tickets/services/tickets.service.ts (7,9): Type mismatch.',
        ],
        finds: [
          {
            at: 'server/plugins/com.acme.tickets/services/tickets.service.ts:7:9',
            says: /^Type mismatch\.$/,
          },
        ],
      },
    },
  },
]

/** The subject of a case, in a repository of the three plugins. */
export function imageSubject(given: ImageCase, desired: ImageSubject['desired']): ImageSubject {
  return {
    desired,
    contents: { ...SOUND, ...given.contents },
    installListFile: 'package.json',
    loaderModules: 'loaderModules' in given ? given.loaderModules : new Set(['react', '@capital/common']),
    printed: printedErrors(given.log ?? []),
  }
}
