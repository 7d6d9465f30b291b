import { availablePath, bundlePath, isBundleOf } from '../tailchat/gateway.js'
import { type BootProof, endOf } from '../proof/boot-compare.js'
import { isDead } from '../proof/containers.js'

/** What booting the image showed. */
export interface ReportedBoot {
  /** The compose file; empty: the stack that comes with this action. */
  stack: string
  /** The services of it that had the image. */
  services: string[]
  /** From the start of the stack until the gateway listed everything; absent: it never did. */
  milliseconds?: number
  /** The services that the gateway listed, the server's own included. */
  listed: string[]
  /** Of a plugin node: the services that the gateway listed before it joined. */
  before?: string[]
  /** Of a plugin node: the services that answered /available across nodes, of those that register it. */
  available?: { answered: string[]; silent: string[] }
  /** The plugins whose bundle the gateway serves, and those whose it does not. */
  bundles: { served: string[]; notServed: string[] }
  /** The containers that may tell why something is missing, with their last lines. */
  containers: { service: string; state: string; log: string[] }[]
}

/**
 * Returns what booting the image showed, as the report has it.
 * @param boot.plugins those that the image offers
 * @param boot.available those of its services that were asked for /available
 */
export function reportBoot({
  stack,
  services,
  result,
  plugins,
  available,
}: Pick<ReportedBoot, 'stack' | 'services'> &
  Pick<BootProof, 'result'> & {
    plugins: readonly string[]
    available: readonly string[]
  }): ReportedBoot {
  const { listed, before, milliseconds, answers, containers, logs } = result
  const isAnswered = (service: string): boolean =>
    answers.some(({ path, status }) => path === availablePath(service) && status === 200)
  const isServed = (plugin: string): boolean =>
    answers.some((answer) => answer.path === bundlePath(plugin) && isBundleOf(plugin, answer))
  const sorted = [...plugins].sort()
  return {
    stack,
    services,
    ...(milliseconds !== undefined && { milliseconds }),
    // What begins so is moleculer's own.
    listed: (listed ?? []).filter((name) => !name.startsWith('$')),
    ...(before && {
      before: before.filter((name) => !name.startsWith('$')),
      available: {
        answered: available.filter(isAnswered),
        silent: available.filter((service) => !isAnswered(service)),
      },
    }),
    bundles: {
      served: sorted.filter(isServed),
      // Without a gateway, none was asked for.
      notServed: listed ? sorted.filter((plugin) => !isServed(plugin)) : [],
    },
    containers: containers
      .filter(({ id }) => logs.has(id))
      .map((container) => ({
        service: container.service,
        state: isDead(container) ? endOf(container) : container.state,
        log: logs.get(container.id) ?? [],
      })),
  }
}
