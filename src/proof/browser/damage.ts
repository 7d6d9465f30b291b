import { type Fault, faultOf, moduleId, pluginOfModule } from './fault.js'
import type { Loader } from './loader.js'
import type { PageResult } from './page-result.js'
import { unique } from '../../lib/text.js'

/** How often the whole is loaded again without a plugin that damages the page, and how many suspects are tried alone. */
const MAX_ROUNDS = 5

/** A page without the plugins that damage it for all. */
export interface Undamaged {
  /** With every plugin. */
  whole: PageResult
  /** Without those that damage it. */
  page: PageResult
  /** What the client is without any plugin; `undefined` where that was not asked, since all is well with them. */
  client: PageResult | undefined
  damaging: Map<string, Fault>
}

/** Takes out the plugins that break the page for all others, one after another. */
export async function takeOutDamaging(loader: Loader, whole: PageResult): Promise<Undamaged> {
  const damaging = new Map<string, Fault>()
  let client: PageResult | undefined
  let page = whole
  while (isBroken(page) && damaging.size < MAX_ROUNDS) {
    client ??= await loader.load(() => false)
    if (!isWorse(page, client)) break
    const culprit = await findDamaging(loader, { whole, page, client, damaging })
    if (!culprit) break
    damaging.set(...culprit)
    page = await loader.load((plugin) => !damaging.has(plugin))
  }
  return { whole, page, client, damaging }
}

/** Whether something is wrong with the whole page. */
function isBroken(page: PageResult): boolean {
  return page.end !== 'rendered' || page.leaving.includes(undefined)
}

/** Whether a page is broken in a way in which it is not without any plugin. */
function isWorse(page: PageResult, client: PageResult): boolean {
  const ends = page.end !== 'rendered' && page.end !== client.end
  return ends || (page.leaving.includes(undefined) && !client.leaving.includes(undefined))
}

/** The plugin that keeps the page from being what it is without any. */
async function findDamaging(
  loader: Loader,
  { page, client, damaging }: Undamaged & { client: PageResult },
): Promise<[string, Fault] | undefined> {
  const candidates = loader.loadedIn(page).filter((plugin) => !damaging.has(plugin))
  for (const plugin of suspectsIn(page, candidates).slice(0, MAX_ROUNDS)) {
    const alone = await loader.loadOnly([plugin], page)
    if (isWorse(alone, client)) return [plugin, damageOf(plugin, alone)]
  }
  const found = await bisect(candidates, async (plugins) =>
    isWorse(await loader.loadOnly(plugins, page), client),
  )
  return found === undefined ? undefined : [found, damageOf(found, await loader.loadOnly([found], page))]
}

/** The plugins that most likely did it, the first one before all. */
function suspectsIn(page: PageResult, candidates: readonly string[]): string[] {
  const begun = [...page.open, ...page.begun.slice(-1)].map(pluginOfModule)
  const isDefined = (plugin: string): boolean => page.defined.some(({ id }) => pluginOfModule(id) === plugin)
  // A page that was never asked for its modules tells nothing of any of them.
  const isFaulty = (plugin: string): boolean =>
    page.verdicts.size > 0 && faultOf(plugin, 'index.js', page) !== undefined
  return unique([
    ...candidates.filter((plugin) => begun.includes(plugin)),
    ...candidates.filter((plugin) => page.requested.includes(plugin) && !isDefined(plugin)),
    ...candidates.filter(isFaulty),
  ])
}

/** What a plugin does to a page that it has for itself. */
export function damageOf(plugin: string, page: PageResult): Fault {
  switch (page.end) {
    case 'hung':
      return { cause: 'hangs', detail: page.open[0] ?? '' }
    case 'crashed':
      return { cause: 'crashes', detail: '' }
    case 'left':
      return { cause: 'leaves-page', detail: '' }
    default: {
      const fault = faultOf(plugin, 'index.js', page)
      const isEvaluated = fault?.cause === 'never-ready' && page.begun.includes(moduleId(plugin))
      // Where it was evaluated and the client never came to say so, it is the client that suffers.
      return !fault || isEvaluated ? harmOf(page) : fault
    }
  }
}

function harmOf({ leaving, exceptions }: PageResult): Fault {
  return leaving.length > 0
    ? { cause: 'leaves-page', detail: '' }
    : { cause: 'blocks-page', detail: exceptions[0]?.message ?? '' }
}

/**
 * Halves a list until one entry is left with which it is bad; `undefined` where no half is by itself.
 * @param isBad of the whole list it is known
 */
export async function bisect(
  all: readonly string[],
  isBad: (some: readonly string[]) => Promise<boolean>,
): Promise<string | undefined> {
  if (all.length < 2) return all[0]
  const middle = Math.ceil(all.length / 2)
  for (const half of [all.slice(0, middle), all.slice(middle)])
    if (await isBad(half)) return bisect(half, isBad)
  return undefined
}
