import type { Report } from './report.js'
import { countOf } from './report.js'

/** Every output, with what it holds. action.yml and docs/inputs.md are made from this. */
export const outputDefinitions = {
  plugins: 'The plugins found (JSON)',
  errors: 'Number of errors',
  warnings: 'Number of warnings',
  notices: 'Number of notices',
  changed: '`true` when a registration file changed, or would have without `dry-run` or `mode: check`',
  'changed-files': 'Those files (JSON)',
  'commit-sha': 'The commit that `commit` made',
  'pull-request-url': 'The pull request that `commit` opened or updated',
  'pull-requests': 'The pull requests of `update`, as JSON: `[{title, url}]`',
  strategy: 'How the image was built',
  image: 'The image as `name@digest`',
  digest: 'Its digest',
  tags: 'The references that were moved to it (JSON)',
  'previous-digest': 'What the first of them pointed at before',
  services: 'The services (JSON: `[{name, plugin, file, expected, loaded, reason?}]`)',
  'services-loaded': 'Number of expected services that the image loads',
  'services-missing': 'Number of expected services that it does not load',
  'compose-file': '`as: node`: the compose fragment that runs the node, relative to `path`',
  'kubernetes-file': '`as: node`: its Kubernetes Deployment, relative to `path`',
  'bundle-dir': '`as: bundle`: where the files are, relative to `path`',
  manifests:
    '`as: bundle`: the plugins (JSON: `[{name, version, url, manifest}]`; `manifest` is a file in `bundle-dir`)',
  'live-missing': '`status`: the expected services that the server does not list (JSON)',
  'live-stale':
    '`status`: the paths that it does not serve as it should, and such addresses on other hosts (JSON)',
  'report-file': 'Path of the report file',
} as const

type OutputName = keyof typeof outputDefinitions

/** An output of 100 kB is as large as a workflow can still hand on comfortably. */
const MAX_LENGTH = 100_000

/** The outputs of a run. */
interface Outputs {
  /** What is not known (yet) is empty. */
  outputs: Record<OutputName, string>
  /** A sentence for each list that was cut. */
  cut: string[]
}

/** Returns the outputs of a run. A list that is too large stays a list, of the items that matter most. */
export function outputsOf(report: Report, reportFile: string): Outputs {
  const expected = report.services.filter((service) => service.expected)
  const { image } = report
  const cut: string[] = []
  const json = <T>(name: OutputName, items: readonly T[], importance?: (item: T) => number): string => {
    const text = JSON.stringify(items)
    if (Buffer.byteLength(text) <= MAX_LENGTH) return text
    const kept = firstOf(importance ? items.toSorted((a, b) => importance(b) - importance(a)) : items)
    const where = reportFile === '' ? 'set report-file for all of them' : `all are in ${reportFile}`
    cut.push(
      `The output ${name} has ${kept.length} of ${items.length}${importance ? ', those that matter most' : ''}: the limit is 100 kB; ${where}.`,
    )
    return JSON.stringify(kept)
  }
  const outputs = {
    // Without the surface, which is for people to read: it would make the largest output many times larger.
    plugins: json(
      'plugins',
      report.plugins.map(({ name, kind, offer, directory, version, services }) => ({
        name,
        kind,
        offer,
        directory,
        version,
        services,
      })),
      importanceOfPlugins(report),
    ),
    errors: String(countOf(report, 'error')),
    warnings: String(countOf(report, 'warning')),
    notices: String(countOf(report, 'notice')),
    changed: String(report.changes.length > 0),
    'changed-files': json('changed-files', [...new Set(report.changes.map(({ file }) => file))]),
    'commit-sha': report.commitSha ?? '',
    'pull-request-url': report.pullRequestUrl ?? '',
    'pull-requests': json(
      'pull-requests',
      (report.pullRequests ?? []).map(({ title, url }) => ({ title, url })),
    ),
    strategy: report.strategy ?? '',
    image: image ? (image.name === '' ? image.digest : `${image.name}@${image.digest}`) : '',
    digest: image?.digest ?? '',
    tags: json('tags', image?.tags ?? []),
    'previous-digest': image?.previousDigest ?? '',
    services: json(
      'services',
      report.services.map(({ name, plugin, file, expected, loaded, reason }) => ({
        name,
        plugin,
        file,
        expected,
        loaded,
        reason,
      })),
      importanceOfService,
    ),
    'services-loaded': String(expected.filter(({ loaded }) => loaded === true).length),
    'services-missing': String(expected.filter(({ loaded }) => loaded === false).length),
    'compose-file': report.node?.composeFile ?? '',
    'kubernetes-file': report.node?.kubernetesFile ?? '',
    'bundle-dir': report.bundles?.directory ?? '',
    manifests: json(
      'manifests',
      (report.bundles?.plugins ?? []).map(({ name, version, url, manifest }) => ({
        name,
        version,
        url,
        manifest,
      })),
    ),
    'live-missing': json(
      'live-missing',
      report.live ? expected.filter(({ loaded }) => loaded !== true).map(({ name }) => name) : [],
    ),
    'live-stale': json('live-stale', [...(report.live?.files.stale ?? []), ...(report.hosted?.stale ?? [])]),
    'report-file': reportFile,
  }
  return { outputs, cut }
}

/** Plugins with errors come first, then those with warnings. */
function importanceOfPlugins({ findings }: Report): (plugin: { name: string }) => number {
  const named = (severity: string): Set<string | undefined> =>
    new Set(findings.filter((each) => each.severity === severity).map(({ plugin }) => plugin))
  const [errors, warnings] = [named('error'), named('warning')]
  return ({ name }) => (errors.has(name) ? 2 : warnings.has(name) ? 1 : 0)
}

/** Services that are missing come first, then those that are expected. */
function importanceOfService({
  expected,
  loaded,
}: Pick<Report['services'][number], 'expected' | 'loaded'>): number {
  return expected ? (loaded === false ? 3 : loaded === null ? 2 : 1) : 0
}

/** Returns as many of the first items as fit. */
function firstOf<T>(items: readonly T[]): T[] {
  let length = '[]'.length
  const end = items.findIndex((item) => {
    length += Buffer.byteLength(JSON.stringify(item)) + ','.length
    return length > MAX_LENGTH
  })
  return items.slice(0, end === -1 ? undefined : end)
}
