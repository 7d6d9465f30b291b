import type { ServiceFile } from '../workspace/service.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { at, type RepositoryRule } from './types.js'

export const serviceRules: RepositoryRule[] = [
  {
    id: 'service/syntax-error',
    title: 'A service file does not parse',
    why: 'The server’s build prints the error and succeeds; the process that loads the file dies.',
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of services(workspace))
        if (service.syntaxProblem)
          yield at(service.syntaxProblem.position, {
            plugin: plugin.name,
            message: `not valid TypeScript: ${service.syntaxProblem.message}`,
          })
    },
  },
  {
    id: 'service/file-name',
    title: 'A service’s file name is not X.service.ts',
    why: 'The server loads **/*.service.js, case and dots included: what is named otherwise is compiled and never loaded.',
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of services(workspace)) {
        if (service.loadedIn !== 'unloaded') continue
        const name = service.path.slice(service.path.lastIndexOf('/') + 1)
        yield {
          plugin: plugin.name,
          file: service.path,
          line: 1,
          column: 1,
          message: `${name} defines a service and is never loaded: rename it to ${properName(name)}`,
        }
      }
    },
  },
  {
    id: 'service/no-default-export',
    title: 'A service file has no default export',
    why: 'The process that loads plugins stops with "Service name can’t be empty", and every plugin is down.',
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of parsedServices(workspace)) {
        if (service.hasDefaultExport) continue
        yield {
          plugin: plugin.name,
          file: service.path,
          line: 1,
          column: 1,
          message: 'there is no default export: end the file with `export default` and the service class',
        }
      }
    },
  },
  {
    id: 'service/name-missing',
    title: 'A service has no name',
    why: 'The process that loads plugins stops with "Service name can’t be empty", and every plugin is down.',
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of parsedServices(workspace)) {
        if (!service.hasDefaultExport || service.nameIs !== 'none') continue
        yield {
          plugin: plugin.name,
          file: service.path,
          line: 1,
          column: 1,
          message: `the service has no name: add \`get serviceName() { return 'plugin:${plugin.name}' }\``,
        }
      }
    },
  },
  {
    id: 'service/name-mismatch',
    title: 'A service is not named after its plugin',
    why: 'The web client calls /api/plugin:NAME/…: a service of another name runs and is never found, or shares the calls of a core service.',
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of parsedServices(workspace)) {
        const name = service.serviceName
        if (!name || isNameOf(plugin, name.value)) continue
        yield at(name.position, {
          plugin: plugin.name,
          message: `the service is named ${JSON.stringify(name.value)}; it must be "plugin:${plugin.name}" or "plugin:${plugin.name}.…", or the web client's calls get 404`,
        })
      }
    },
  },
  {
    id: 'service/duplicate-name',
    title: 'Two services have the same name',
    why: 'The second one is never registered, and nothing says so.',
    severity: 'error',
    *check({ workspace }) {
      const first = new Map<string, ServiceFile>()
      for (const { plugin, service } of parsedServices(workspace)) {
        // A development file may stand in for a production one: both are never loaded in production.
        if (!service.serviceName || service.loadedIn !== 'production') continue
        const other = first.get(service.serviceName.value)
        if (!other) first.set(service.serviceName.value, service)
        else
          yield at(service.serviceName.position, {
            plugin: plugin.name,
            message: `${other.path} has the service name ${JSON.stringify(service.serviceName.value)} already: the second is never registered; give this one a name of its own, such as "plugin:${plugin.name}.sub"`,
          })
      }
    },
  },
]

function services(workspace: Workspace): { plugin: Plugin; service: ServiceFile }[] {
  return workspace.plugins.flatMap((plugin) => plugin.services.map((service) => ({ plugin, service })))
}

function parsedServices(workspace: Workspace): { plugin: Plugin; service: ServiceFile }[] {
  return services(workspace).filter(({ service }) => !service.syntaxProblem)
}

function isNameOf(plugin: Plugin, serviceName: string): boolean {
  const own = `plugin:${plugin.name}`
  return serviceName === own || (serviceName.startsWith(`${own}.`) && serviceName.length > own.length + 1)
}

/** `mailService.ts`, `mail.Service.ts` and `mail.service.js` all mean `mail.service.ts`. */
function properName(fileName: string): string {
  const stem = fileName.replace(/[._-]?services?(\.dev)?\.[cm]?[jt]sx?$/i, '')
  const dev = /\.dev\.[^.]+$/.test(fileName) ? '.dev' : ''
  return `${stem === '' ? 'index' : stem}.service${dev}.ts`
}
