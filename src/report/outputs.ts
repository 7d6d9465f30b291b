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

/** The outputs of a run; what is not known (yet) is empty. */
export function outputsOf(report: Report, reportFile: string): Record<OutputName, string> {
  const expected = report.services.filter((service) => service.expected)
  const { image } = report
  return {
    // Without the surface, which is for people to read: it would make the largest output many times larger.
    plugins: json(
      report.plugins.map(({ name, kind, offer, directory, version, services }) => ({
        name,
        kind,
        offer,
        directory,
        version,
        services,
      })),
    ),
    errors: String(countOf(report, 'error')),
    warnings: String(countOf(report, 'warning')),
    notices: String(countOf(report, 'notice')),
    changed: String(report.changes.length > 0),
    'changed-files': json([...new Set(report.changes.map(({ file }) => file))]),
    'commit-sha': report.commitSha ?? '',
    'pull-request-url': report.pullRequestUrl ?? '',
    'pull-requests': json((report.pullRequests ?? []).map(({ title, url }) => ({ title, url }))),
    strategy: report.strategy ?? '',
    image: image ? (image.name === '' ? image.digest : `${image.name}@${image.digest}`) : '',
    digest: image?.digest ?? '',
    tags: json(image?.tags ?? []),
    'previous-digest': image?.previousDigest ?? '',
    services: json(
      report.services.map(({ name, plugin, file, expected, loaded, reason }) => ({
        name,
        plugin,
        file,
        expected,
        loaded,
        reason,
      })),
    ),
    'services-loaded': String(expected.filter(({ loaded }) => loaded === true).length),
    'services-missing': String(expected.filter(({ loaded }) => loaded === false).length),
    'compose-file': report.node?.composeFile ?? '',
    'kubernetes-file': report.node?.kubernetesFile ?? '',
    'bundle-dir': report.bundles?.directory ?? '',
    manifests: json(
      (report.bundles?.plugins ?? []).map(({ name, version, url, manifest }) => ({
        name,
        version,
        url,
        manifest,
      })),
    ),
    'live-missing': json(
      report.live ? expected.filter(({ loaded }) => loaded !== true).map(({ name }) => name) : [],
    ),
    'live-stale': json([...(report.live?.files.stale ?? []), ...(report.hosted?.stale ?? [])]),
    'report-file': reportFile,
  }
}

function json(items: readonly unknown[]): string {
  const text = JSON.stringify(items)
  return Buffer.byteLength(text) <= MAX_LENGTH
    ? text
    : JSON.stringify({ count: items.length, seeReportFile: true })
}
