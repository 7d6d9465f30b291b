import type { BootResult } from '../../src/proof/boot-stack.js'
import type { BootContainer } from '../../src/proof/containers.js'
import type { Setting } from '../../src/tailchat/service-loader.js'

const setting = (value: string | undefined): Setting =>
  value === undefined ? { is: 'unset' } : { is: 'known', value }

/** A running container of the application; its id is the name of its service. */
export function container(
  service: string,
  environment: { SERVICEDIR?: string; SERVICES?: string; TRANSPORTER?: string } = {},
  changes: Partial<BootContainer> = {},
): BootContainer {
  return {
    id: service,
    service,
    isApplication: true,
    state: 'running',
    exitCode: 0,
    restarts: 0,
    settings: {
      runs: 'server',
      serviceDir: setting(environment.SERVICEDIR),
      services: setting(environment.SERVICES),
    },
    bus: JSON.stringify([environment.TRANSPORTER, undefined]),
    secrets: [],
    ...changes,
  }
}

/** What a stack answered whose only container loads everything, unless it is said otherwise. */
export function bootResult(changes: Partial<BootResult> = {}): BootResult {
  return {
    listed: ['gateway'],
    gateway: 'tailchat',
    milliseconds: undefined,
    instead: undefined,
    answers: [],
    unanswered: [],
    containers: [container('tailchat', { SERVICEDIR: 'services,plugins' })],
    logs: new Map(),
    failure: undefined,
    notes: [],
    ...changes,
  }
}
