import type { BrowserProof, EvaluatedPlugin } from '../proof/browser/evaluate.js'
import type { Fault } from '../proof/browser/fault.js'
import type { Plugin } from '../workspace/types.js'
import { placeOf } from './image.js'
import type { Problem, Rule } from './types.js'

/** What the rules about front ends in a browser look at. */
export interface BrowserSubject {
  proof: BrowserProof
  /** The plugins of this repository; all others came with the base image. */
  own: readonly Plugin[]
}

/** Rules about what a browser makes of the front ends of an image. */
export const browserRules: Rule<BrowserSubject>[] = [
  {
    id: 'browser/plugin-fails',
    title: 'A plugin does not evaluate in the browser',
    why: 'The client shows an error to everyone who has the plugin, and nothing of the plugin is there.',
    mend: 'The message says what was thrown and where: mend it there. docs/deploy.md explains each cause.',
    bad: "import { regNoSuchThing } from '@capital/common'\nregNoSuchThing()",
    good: "import { regCustomPanel } from '@capital/common'\nregCustomPanel(panel)",
    severity: 'error',
    *check({ proof, own }) {
      for (const { plugin, evaluated } of joined(proof, own))
        if (evaluated.fault && !breaksPage(evaluated.fault) && !damagedByOwn(evaluated.fault, own))
          yield problemOf(plugin, evaluated.name, evaluated.fault)
    },
  },
  {
    id: 'browser/chunk-fails',
    title: 'A part of a plugin that is loaded later does not evaluate in the browser',
    why: 'What should open stays empty, for ever: the client says nothing about it.',
    mend: 'The message says what was thrown and where: mend it there.',
    bad: "const Page = React.lazy(() => import('./page')) // page.tsx throws while it is evaluated",
    good: "const Page = React.lazy(() => import('./page'))",
    severity: 'error',
    *check({ proof, own }) {
      for (const { plugin, evaluated } of joined(proof, own))
        for (const { file, fault } of evaluated.chunks)
          if (fault) yield problemOf(plugin, `${evaluated.name}/${file}`, fault)
    },
  },
  {
    id: 'browser/plugin-breaks-page',
    title: 'A plugin breaks the page, or another plugin',
    why: 'All plugins share one page: who has this one can use nothing else, or not the plugin that it damages.',
    mend: 'Do nothing endless, and change nothing that is not the plugin’s own, while its bundle is evaluated.',
    bad: "document.getElementById('app').remove()",
    good: 'regCustomPanel({ position: "navbar", … })',
    severity: 'error',
    *check({ proof, own }) {
      for (const { plugin, evaluated } of joined(proof, own))
        if (evaluated.fault && breaksPage(evaluated.fault))
          yield problemOf(plugin, evaluated.name, evaluated.fault)
      for (const { name, fault } of proof.plugins) {
        const culprit = fault && damagedByOwn(fault, own)
        if (culprit)
          yield {
            ...placeOf(culprit),
            message: `${culprit.name} keeps ${name} from evaluating in the browser, which it does without it: ${sentenceOf(name, fault)}`,
          }
      }
    },
  },
  {
    id: 'browser/base-plugin-fails',
    title: 'A plugin of the base image does not evaluate in the browser',
    why: 'Users of that plugin get an error; this repository did not bring it.',
    mend: 'Take a base image in which it works, or tell its authors.',
    bad: 'server/dist/public/plugins/org.other.plugin/index.js throws',
    good: 'server/dist/public/plugins/org.other.plugin/index.js evaluates',
    severity: 'warning',
    *check({ proof, own }) {
      for (const evaluated of proof.plugins) {
        if (own.some(({ name }) => name === evaluated.name)) continue
        if (evaluated.fault && !damagedByOwn(evaluated.fault, own))
          yield problemOf(undefined, evaluated.name, evaluated.fault)
        for (const { file, fault } of evaluated.chunks)
          if (fault) yield problemOf(undefined, `${evaluated.name}/${file}`, fault)
      }
    },
  },
  {
    id: 'browser/icon-broken',
    title: 'The icon of a plugin can’t be shown',
    why: 'The plugin store shows an empty square: the gateway answers a path that is not there with a page of HTML.',
    mend: 'Put the file into assets/, or copy its directory in .ministarrc.js.',
    bad: '"icon": "/plugins/com.acme.theme/assets/icon.png" // there is no such file',
    good: '"icon": "/plugins/com.acme.theme/assets/icon.png"',
    severity: 'warning',
    *check({ proof, own }) {
      for (const { plugin: name, url } of proof.brokenIcons) {
        const plugin = own.find((each) => each.name === name)
        if (plugin)
          yield {
            plugin: name,
            file: plugin.web?.manifest?.path ?? plugin.directory,
            message: `the browser can't show the icon ${new URL(url).pathname} of ${name}: the image has no such file, or it is no image`,
          }
      }
    },
  },
  {
    id: 'browser/client-not-rendered',
    title: 'The web client shows nothing in the browser, without any plugin either',
    why: 'No one could log in; or the client is built so that this proof can’t tell.',
    mend: 'Look at the screenshot next to the report, and at what the message says was thrown.',
    bad: '<div id="app"></div> <!-- and nothing ever in it -->',
    good: '<div id="app"><main>…</main></div>',
    severity: 'warning',
    *check({ proof }) {
      if (proof.clientFails !== undefined)
        yield {
          file: 'client/web',
          message: `the web client of the image shows nothing in the browser, without any plugin either${proof.clientFails && `: ${proof.clientFails}`}`,
        }
    },
  },
]

function joined(
  { plugins }: BrowserProof,
  own: readonly Plugin[],
): { plugin: Plugin; evaluated: EvaluatedPlugin }[] {
  return plugins.flatMap((evaluated) => {
    const plugin = own.find(({ name }) => name === evaluated.name)
    return plugin ? [{ plugin, evaluated }] : []
  })
}

/** Whether it harms more than the plugin itself. */
function breaksPage({ cause }: Fault): boolean {
  return ['hangs', 'crashes', 'leaves-page', 'blocks-page'].includes(cause)
}

/** The plugin of this repository that makes another one fail. */
function damagedByOwn({ damagedBy }: Fault, own: readonly Plugin[]): Plugin | undefined {
  return own.find(({ name }) => name === damagedBy)
}

function problemOf(plugin: Plugin | undefined, what: string, fault: Fault): Problem {
  const message = sentenceOf(what, fault)
  if (!plugin) {
    const [name] = what.split('/')
    return {
      ...(name !== undefined && { plugin: name }),
      file: `server/dist/public/plugins/${name}/index.js`,
      message,
    }
  }
  return { ...placeOf(plugin), ...sourceOf(plugin, fault), message }
}

/** Where in the repository a fault comes from; nothing where the source map names no file of it. */
function sourceOf(plugin: Plugin, { source }: Fault): Partial<Problem> {
  if (!source || !plugin.web) return {}
  const before = `/${plugin.name}/`
  const at = source.path.lastIndexOf(before)
  if (at === -1) return {}
  const file = `${plugin.web.directory}/${source.path.slice(at + before.length)}`
  return plugin.files.some((each) => `${plugin.directory}/${each}` === file)
    ? { file, line: source.line, column: source.column }
    : {}
}

/** What the browser showed of a plugin or a chunk, in one sentence. */
export function sentenceOf(what: string, { cause, detail, at, damagedBy }: Fault): string {
  const place = at ? ` (${at.path}:${at.line}:${at.column})` : ''
  const apart =
    damagedBy === undefined
      ? ''
      : `; by itself it evaluates${damagedBy === '' ? ', but not next to all others' : `, but not next to ${damagedBy}`}`
  return `${what} ${verbOf(cause, detail)}${place}${apart}`
}

function verbOf(cause: Fault['cause'], detail: string): string {
  switch (cause) {
    case 'threw':
      return `throws in the browser while it is evaluated: ${detail}`
    case 'unregistered-module':
      return `needs the module ${JSON.stringify(detail)} in the browser, which the client does not have: add it to the plugin's dependencies`
    case 'missing-file':
      return `can't be loaded in the browser: the image has no ${detail}`
    case 'dependency-fails':
      return `needs the plugin ${detail} in the browser, which fails itself`
    case 'other-name':
      return detail === ''
        ? 'defines no plugin in the browser: the client waits for it in vain'
        : `defines ${detail} in the browser instead of itself: the client waits for it in vain`
    case 'script-fails':
      return `ends in the browser before it defines the plugin: ${detail}`
    case 'not-loaded':
      return `could not be loaded in the browser${detail && `: nothing defines ${detail}, which it needs`}`
    case 'never-ready':
      return detail === ''
        ? 'is never ready in the browser: the client waits for it for ever'
        : `is never ready in the browser: it waits for ${detail}, which waits for it`
    case 'hangs':
      return `makes the page hang in the browser: an endless loop, most likely${detail && ` in ${detail}`}`
    case 'crashes':
      return 'makes the page crash in the browser'
    case 'leaves-page':
      return 'takes the page to another address while it is loaded in the browser'
    case 'blocks-page':
      return `keeps the client from showing anything in the browser${detail && `: ${detail}`}`
  }
}
