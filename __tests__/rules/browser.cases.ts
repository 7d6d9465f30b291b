import type { BrowserProof, EvaluatedPlugin } from '../../src/proof/browser/evaluate.js'
import type { Fault } from '../../src/proof/browser/fault.js'
import type { RuleCases } from '../support/rule-cases.js'

/**
 * What a browser made of an image with com.acme.theme and com.acme.tickets of this repository, and org.other.plugin of
 * its base image: all evaluate, unless a case says otherwise.
 */
export type BrowserCase = Partial<BrowserProof>

const THEME = 'client/web/plugins/com.acme.theme'
const OTHER = 'server/dist/public/plugins/org.other.plugin/index.js'

const SOUND: BrowserProof = {
  chrome: 'Chrome/156.0.0.0',
  milliseconds: 1800,
  plugins: [],
  notJudged: [],
  hosted: [],
  brokenIcons: [],
  otherHosts: [],
}

/** A proof with its differences from one in which everything is fine. */
export function browserProof(given: BrowserCase): BrowserProof {
  const names = ['com.acme.theme', 'com.acme.tickets', 'org.other.plugin']
  const plugins = names
    .filter((name) => !given.plugins?.some((each) => each.name === name))
    .map((name) => ({ name, chunks: [{ file: 'page-1a2b.js' }], hosts: [] }))
  return { ...SOUND, ...given, plugins: [...plugins, ...(given.plugins ?? [])] }
}

function plugin(name: string, fault?: Fault, chunks: EvaluatedPlugin['chunks'] = []): BrowserCase {
  return { plugins: [{ name, chunks, hosts: [], ...(fault && { fault }) }] }
}

const THREW: Fault = {
  cause: 'threw',
  detail: 'boom',
  at: { path: '/plugins/com.acme.theme/index.js', line: 1, column: 60 },
}
const source = (path: string) => ({ source: { path, line: 3, column: 5 } })

const says: [Fault, string | RegExp][] = [
  [THREW, 'throws in the browser while it is evaluated: boom (/plugins/com.acme.theme/index.js:1:60)'],
  [{ cause: 'unregistered-module', detail: 'left-pad' }, 'needs the module "left-pad" in the browser'],
  [
    { cause: 'missing-file', detail: '/plugins/com.acme.theme/a.js' },
    'the image has no /plugins/com.acme.theme/a.js',
  ],
  [{ cause: 'dependency-fails', detail: 'com.acme.tickets' }, 'needs the plugin com.acme.tickets'],
  [
    { cause: 'other-name', detail: '@plugins/com.acme.y' },
    'defines @plugins/com.acme.y in the browser instead',
  ],
  [{ cause: 'other-name', detail: '' }, 'defines no plugin in the browser'],
  [{ cause: 'script-fails', detail: 'SyntaxError: x' }, 'before it defines the plugin: SyntaxError: x'],
  [{ cause: 'not-loaded', detail: '' }, 'could not be loaded'],
  [{ cause: 'never-ready', detail: '' }, 'waits for it for ever'],
  [{ cause: 'never-ready', detail: 'com.acme.b' }, 'waits for com.acme.b, which waits for it'],
  [
    { ...THREW, damagedBy: 'org.other.plugin' },
    /by itself it evaluates, but not next to org\.other\.plugin$/,
  ],
  [{ ...THREW, damagedBy: '' }, /by itself it evaluates, but not next to all others$/],
]

export const browserCases: RuleCases<BrowserCase>[] = [
  {
    rule: 'browser/plugin-fails',
    valid: {
      'plugins that evaluate': {},
      'a plugin of the base image that does not': plugin('org.other.plugin', THREW),
      'a plugin that another one of the repository damages': plugin('com.acme.theme', {
        ...THREW,
        damagedBy: 'com.acme.tickets',
      }),
    },
    invalid: {
      ...Object.fromEntries(
        says.map(([fault, sentence], index) => [
          `${fault.cause} (${index})`,
          {
            ...plugin('com.acme.theme', fault),
            finds: [{ at: `${THEME}/package.json`, plugin: 'com.acme.theme', says: sentence }],
          },
        ]),
      ),
      'an error at its place in the source': {
        ...plugin('com.acme.theme', { ...THREW, ...source('/plugins/com.acme.theme/src/index.tsx') }),
        finds: [{ at: `${THEME}/src/index.tsx:3:5`, plugin: 'com.acme.theme', says: 'boom' }],
      },
      'an error in a package that the plugin brings along': {
        ...plugin('com.acme.theme', { ...THREW, ...source('/node_modules/left-pad/index.js') }),
        finds: [{ at: `${THEME}/package.json`, plugin: 'com.acme.theme', says: 'boom' }],
      },
      'an error in a source that is not in the repository': {
        ...plugin('com.acme.theme', { ...THREW, ...source('/plugins/com.acme.theme/../../../etc/passwd') }),
        finds: [{ at: `${THEME}/package.json`, plugin: 'com.acme.theme', says: 'boom' }],
      },
    },
  },
  {
    rule: 'browser/chunk-fails',
    valid: { 'chunks that evaluate': {} },
    invalid: {
      'a chunk that throws': {
        ...plugin('com.acme.theme', undefined, [{ file: 'page-1a2b.js', fault: THREW }]),
        finds: [
          {
            at: `${THEME}/package.json`,
            plugin: 'com.acme.theme',
            says: 'com.acme.theme/page-1a2b.js throws in the browser',
          },
        ],
      },
    },
  },
  {
    rule: 'browser/plugin-breaks-page',
    valid: {
      'a page that is whole': {},
      'a plugin of the base image that hangs': plugin('org.other.plugin', { cause: 'hangs', detail: '' }),
    },
    invalid: {
      ...Object.fromEntries(
        (
          [
            ['an endless loop', { cause: 'hangs', detail: '@plugins/com.acme.theme' }, 'makes the page hang'],
            ['a crash', { cause: 'crashes', detail: '' }, 'makes the page crash'],
            [
              'a page that is left',
              { cause: 'leaves-page', detail: '' },
              'takes the page to another address',
            ],
            ['nothing shown', { cause: 'blocks-page', detail: '' }, 'keeps the client from showing anything'],
          ] as const
        ).map(([name, fault, sentence]) => [
          name,
          {
            ...plugin('com.acme.theme', fault),
            finds: [{ at: `${THEME}/package.json`, plugin: 'com.acme.theme', says: sentence }],
          },
        ]),
      ),
      'a plugin of the base image that one of the repository damages': {
        ...plugin('org.other.plugin', { ...THREW, damagedBy: 'com.acme.theme' }),
        finds: [
          {
            at: `${THEME}/package.json`,
            plugin: 'com.acme.theme',
            says: 'com.acme.theme keeps org.other.plugin from evaluating',
          },
        ],
      },
    },
  },
  {
    rule: 'browser/base-plugin-fails',
    valid: {
      'a base image whose plugins evaluate': {},
      'a plugin of the repository that fails': plugin('com.acme.theme', THREW),
      'a plugin that one of the repository damages': plugin('org.other.plugin', {
        ...THREW,
        damagedBy: 'com.acme.theme',
      }),
    },
    invalid: {
      'a plugin of the base image that throws': {
        ...plugin('org.other.plugin', THREW),
        finds: [{ at: OTHER, plugin: 'org.other.plugin', says: 'org.other.plugin throws in the browser' }],
      },
      'a chunk of one': {
        ...plugin('org.other.plugin', undefined, [{ file: 'page.js', fault: THREW }]),
        finds: [{ at: OTHER, plugin: 'org.other.plugin', says: 'org.other.plugin/page.js throws' }],
      },
    },
  },
  {
    rule: 'browser/icon-broken',
    valid: {
      'icons that are shown': {},
      'an icon of the base image': {
        brokenIcons: [{ plugin: 'org.other.plugin', url: 'https://tailchat.invalid/x.png' }],
      },
    },
    invalid: {
      'an icon that is not there': {
        brokenIcons: [
          {
            plugin: 'com.acme.theme',
            url: 'https://tailchat.invalid/plugins/com.acme.theme/assets/icon.png',
          },
        ],
        finds: [
          {
            at: `${THEME}/manifest.json`,
            plugin: 'com.acme.theme',
            says: "can't show the icon /plugins/com.acme.theme/assets/icon.png",
          },
        ],
      },
    },
  },
  {
    rule: 'browser/client-not-rendered',
    valid: { 'a client that is shown': {} },
    invalid: {
      'a client that throws': {
        clientFails: 'Error: no client',
        finds: [{ at: 'client/web', says: 'without any plugin either: Error: no client' }],
      },
    },
  },
]
