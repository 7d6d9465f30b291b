import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'

/** A buildx builder that is not the engine's own. */
export interface Builder {
  name: string
  remove(): void
}

/**
 * A builder on the BuildKit that E2E_BUILDKIT names (`tcp://host:port`), which .ci/buildkit can start; without it in a
 * container, for which the engine pulls BuildKit's image.
 */
export function createBuilder(): Builder {
  const name = `e2e-${randomUUID()}`
  const endpoint = process.env['E2E_BUILDKIT']
  const driver = endpoint
    ? ['--driver', 'remote', endpoint]
    : ['--driver', 'docker-container', '--driver-opt', 'network=host']
  docker('buildx', 'create', '--name', name, '--bootstrap', ...driver)
  return { name, remove: () => docker('buildx', 'rm', '--force', name) }
}

function docker(...args: string[]): void {
  execFileSync('docker', args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
